"""A pytest plugin that leaves the run's counts in the file named by BOROUGH_TEST_COUNTS."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.runner.counts import Counts

VARIABLE = "BOROUGH_TEST_COUNTS"
_outcomes: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep a test's outcome; a failure in its set-up or clean-up is one too."""
    if report.when == "call" or report.outcome != "passed":
        _keep(report.nodeid, report.outcome)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Count a file that cannot be read as a failure, one that skips itself as skipped."""
    if report.outcome != "passed":
        _keep(report.nodeid, report.outcome)


def _keep(nodeid: str, outcome: str) -> None:
    if _outcomes.get(nodeid) != "failed":
        _outcomes[nodeid] = outcome


def pytest_sessionfinish() -> None:
    """Write the counts."""
    outcomes = list(_outcomes.values())
    names = ("passed", "failed", "skipped")
    counts = Counts(**{name: outcomes.count(name) for name in names})
    Path(os.environ[VARIABLE]).write_text(json.dumps(asdict(counts)), encoding="utf-8")
