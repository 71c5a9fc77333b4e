"""Run the checks: `python -m tests.runner`, which tests/run.py calls inside the environment."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import tests.environment  # noqa: F401 - puts the tests' settings into this process's environment
from tests.databases import postgresql
from tests.runner import beside, lint, pytest_run, report
from tests.runner.counts import FAILED, SKIPPED, Counts

_UNITS_ONLY = "not browser and not served and not slow"


# On PostgreSQL beside SQLite: each run's name, and what it does.
_WHOLE_SUITE = {
    "PostgreSQL": [beside.POSTGRESQL],
    "PostgreSQL in browsers": [beside.BROWSERS],
}
_SOME_TESTS = {"PostgreSQL": [beside.POSTGRESQL, beside.BROWSERS]}
_ALONE: dict[str, list[str]] = {"PostgreSQL": []}


@dataclass(frozen=True)
class Second:
    """What runs on PostgreSQL: how to finish it, and whether it could be started at all."""

    finish: Callable[[], Counts]
    is_running: bool = False


def main() -> int:
    """Run what the command line asks for; the last line printed is the sum."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: tidily
    counts = Counts()
    with _on_postgresql(options) as second:
        if "lint" in options.parts:
            counts += lint.run()
        if "sqlite" in options.parts:
            shares = [beside.SQLITE] if second.is_running else []
            with pytest_run.started("SQLite", options.pytest, shares=shares) as run:
                counts += run.finish()
        counts += second.finish()
    report.say(f"\n{counts}")
    return 0 if counts.good else 1


@contextmanager
def _on_postgresql(options: argparse.Namespace) -> Iterator[Second]:
    """Start what is to run beside SQLite, where both are wanted, so that no core is idle."""
    if "postgresql" not in options.parts:
        yield Second(Counts)
        return
    both = _SOME_TESTS if options.pytest else _WHOLE_SUITE
    with on_postgresql(options.pytest, both if "sqlite" in options.parts else _ALONE) as second:
        yield second


@contextmanager
def on_postgresql(arguments: list[str], runs: Mapping[str, list[str]]) -> Iterator[Second]:
    """Start these on a PostgreSQL that is there or can be started; yield how to finish them."""
    try:
        with ExitStack() as running:
            url = running.enter_context(_server())
            begun = [
                running.enter_context(
                    pytest_run.started(name, arguments, database_url=url, shares=shares)
                )
                for name, shares in runs.items()
            ]
            yield Second(lambda: sum((run.finish() for run in begun), Counts()), is_running=True)
    except postgresql.CannotStartError as reason:
        message = str(reason)
        yield Second(lambda: _without_postgresql(message))


def _without_postgresql(reason: str) -> Counts:
    if os.environ.get("CI") == "true":
        report.say(f"FAILED            pytest on PostgreSQL: {reason}")
        return FAILED
    report.skipped("pytest on PostgreSQL", reason)
    return SKIPPED


@contextmanager
def _server() -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    else:
        with postgresql.running() as url:
            yield url


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/run.py", description="Run every check there is.")
    parser.add_argument("--fast", action="store_true", help="lint, and units on SQLite")
    parser.add_argument("--only", choices=["lint", "sqlite", "postgresql"], help="one part alone")
    parser.add_argument("-k", metavar="EXPRESSION", help="tests whose names match, no lint")
    parser.add_argument("paths", nargs="*", help="test files or folders, no lint")
    options = parser.parse_args()
    options.parts = _parts(options)
    options.pytest = [*options.paths, *(["-k", options.k] if options.k else [])]
    if options.fast:
        options.pytest += ["-m", _UNITS_ONLY]
    return options


def _parts(options: argparse.Namespace) -> list[str]:
    if options.only:
        return [options.only]
    parts = [] if options.k or options.paths else ["lint"]
    return [*parts, "sqlite", *([] if options.fast else ["postgresql"])]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped.")
