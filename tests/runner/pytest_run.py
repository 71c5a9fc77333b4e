"""One run of pytest against one database."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.environment import ROOT
from tests.runner import counting, report
from tests.runner.counts import FAILED, Counts

_NO_TEST_COLLECTED = 5


def run(name: str, arguments: list[str], *, database_url: str | None = None) -> Counts:
    """Run pytest, its output straight to the terminal; return what it counted."""
    report.heading(f"pytest on {name}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts_file = Path(folder) / "counts.json"
        environment = os.environ | {counting.VARIABLE: str(counts_file)}
        if database_url:
            environment["BOROUGH_DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "pytest", "-p", "tests.runner.counting"]
        command += ["--continue-on-collection-errors", *arguments]
        code = _wait(subprocess.Popen(command, cwd=ROOT, env=environment))
        counts = read_counts(counts_file, code)
    report.step(f"pytest on {name}: {counts}", failed=counts.failed > 0, began=began)
    return counts


def _wait(process: "subprocess.Popen[bytes]") -> int:
    """Return its exit code; when we are asked to stop, let it first end what it started."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def read_counts(counts_file: Path, code: int) -> Counts:
    """Return a run's counts; one that ends badly without a failed test has failed all the same."""
    if not counts_file.exists():
        return FAILED
    counts = Counts(**json.loads(counts_file.read_text(encoding="utf-8")))
    if code not in {0, _NO_TEST_COLLECTED} and counts.failed == 0:
        return counts + FAILED
    return counts
