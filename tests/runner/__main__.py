"""Run the checks: `python -m tests.runner`, which tests/run.py calls inside the environment."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import tests.environment  # noqa: F401 - puts the tests' settings into this process's environment
from tests.databases import fresh, postgresql
from tests.runner import beside, lint, pytest_run, report
from tests.runner.counts import FAILED, SKIPPED, Counts

_UNITS_ONLY = "not browser and not served and not slow"

# Of the runs side by side, each one's name and what it does; SQLite's first prints as it goes.
_WHOLE_SUITE = {
    "PostgreSQL": [beside.POSTGRESQL],
    "PostgreSQL waiting": [beside.WAITING[beside.POSTGRESQL]],
}
_WHOLE_SUITE_ON_SQLITE = {
    "SQLite waiting": [beside.WAITING[beside.SQLITE]],
    "SQLite": [beside.SQLITE],
}
_SOME_TESTS = {"PostgreSQL": [beside.POSTGRESQL, beside.WAITING[beside.POSTGRESQL]]}
_SOME_TESTS_ON_SQLITE = {"SQLite": [beside.SQLITE, beside.WAITING[beside.SQLITE]]}
_ALONE: dict[str, list[str]] = {"PostgreSQL": []}
_ALONE_ON_SQLITE: dict[str, list[str]] = {"SQLite": []}


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
            counts += _on_sqlite(options.pytest, is_alone=not second.is_running)
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


def _on_sqlite(arguments: list[str], *, is_alone: bool) -> Counts:
    """Run what SQLite's share is, and return what was counted."""
    both = _SOME_TESTS_ON_SQLITE if arguments else _WHOLE_SUITE_ON_SQLITE
    with _started(arguments, _ALONE_ON_SQLITE if is_alone else both) as finish:
        return finish()


@contextmanager
def on_postgresql(arguments: list[str], runs: Mapping[str, list[str]]) -> Iterator[Second]:
    """Start these on a PostgreSQL that is there or can be started; yield how to finish them."""
    try:
        with _server() as url, _started(arguments, runs, url) as finish:
            yield Second(finish, is_running=True)
    except postgresql.CannotStartError as reason:
        message = str(reason)
        yield Second(lambda: _without_postgresql(message))


@contextmanager
def _started(
    arguments: list[str], runs: Mapping[str, list[str]], server: str | None = None
) -> Iterator[Callable[[], Counts]]:
    """Start these runs on one server, or on SQLite; yield how to finish them all."""
    with ExitStack() as running:
        begun = [
            running.enter_context(_run(name, arguments, shares, server))
            for name, shares in runs.items()
        ]
        # The last one prints as it goes, the others when they are finished.
        yield lambda: sum((run.finish() for run in reversed(begun)), Counts())


@contextmanager
def _run(
    name: str, arguments: list[str], shares: list[str], server: str | None
) -> Iterator[pytest_run.Run]:
    """Start one run; on a server it has a database of its own, after which its tests' is named."""
    if server is None:
        with pytest_run.started(name, arguments, shares=shares) as run:
            yield run
        return
    with (
        fresh.database(server, Path()) as url,
        pytest_run.started(name, arguments, database_url=url, shares=shares) as run,
    ):
        yield run


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
