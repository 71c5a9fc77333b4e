"""The lint steps: each one command, each counted as one check."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.environment import ROOT
from tests.runner import report
from tests.runner.counts import FAILED, PASSED, Counts

_PROGRAMS = Path(sys.executable).parent
_MODULE = (sys.executable, "-m")
_MANAGE = (sys.executable, "manage.py")


def steps() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each step's name and command, the longest first."""
    yield "types (mypy)", (*_MODULE, "mypy")
    concise = ("--output-format", "concise")
    yield "lint (ruff)", (*_MODULE, "ruff", "check", *concise)
    yield "format (ruff)", (*_MODULE, "ruff", "format", "--check", *concise)
    yield "imports (import-linter)", (str(_PROGRAMS / "lint-imports"), "--no-logo")
    yield "template format (djade)", (str(_PROGRAMS / "djade"), "--check", *_templates())
    yield "template lint (djlint)", (*_MODULE, "djlint", "templates", "--lint", "--quiet")
    yield "requirement files", (*_MODULE, "tests.runner.requirements")
    yield "migrations are complete", (*_MANAGE, "makemigrations", "--check", "--dry-run")
    yield "system checks", (*_MANAGE, "check", "--fail-level", "WARNING")


def _templates() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]


def run() -> Counts:
    """Run every step, two at a time; print each as it ends."""
    report.heading("lint")
    with ThreadPoolExecutor(max_workers=2) as pool:
        return sum(pool.map(_run_step, steps()), Counts())


def _run_step(step: tuple[str, tuple[str, ...]]) -> Counts:
    name, command = step
    began = time.monotonic()
    finished = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    failed = finished.returncode != 0
    report.step(name, failed=failed, began=began, output=finished.stdout)
    return FAILED if failed else PASSED
