"""A pytest plugin for runs side by side: each test is left to one of them on each database.

The runner loads it where both databases are tested at once; a run on one database alone is whole.
What no database changes is done on one. What waits, for a browser, a server or a program, has runs
of its own: they leave the processors to the runs that compute.
"""

from typing import Final

import pytest

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
# The run that waits, of each database.
WAITING: Final = {SQLITE: "sqlite-waiting", POSTGRESQL: "postgresql-waiting"}
_WAITS: Final = ("browser", "served", "slow")
# What a test asks for when it may read or write rows; pytest-django refuses them to all others.
_DATABASE = {
    *("db", "transactional_db", "live_server"),
    *("prepared", "served", "served_in_time", "conforming", "ledger"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the runner say which of the runs this is; it may be several of them in one."""
    choices = [*WAITING, *WAITING.values()]
    parser.addoption("--share", choices=choices, action="append", help="what this run does")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what is left to the other runs."""
    shares = set(config.getoption("--share"))
    elsewhere = [item for item in items if shares.isdisjoint(runs_of(item))]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if not shares.isdisjoint(runs_of(item))]


def runs_of(item: pytest.Item) -> set[str]:
    """Return the runs that do a test."""
    waits = any(item.get_closest_marker(mark) for mark in _WAITS)
    return {WAITING[engine] if waits else engine for engine in _engines_of(item)}


def _engines_of(item: pytest.Item) -> set[str]:
    """Return the databases that a test is run on.

    One is enough for what is marked `once`, SQLite unless the mark names the other, and for every
    test that can reach no database.
    """
    once = item.get_closest_marker("once")
    if once is not None:
        return {once.args[0] if once.args else SQLITE}
    fixtures = set(getattr(item, "fixturenames", ()))
    reaches_rows = item.get_closest_marker("django_db") or fixtures & _DATABASE
    return {SQLITE, POSTGRESQL} if reaches_rows else {SQLITE}


def is_on_sqlite(config: pytest.Config) -> bool:
    """Whether this run is on SQLite and has another on PostgreSQL beside it."""
    shares = set(config.getoption("--share", default=None) or [])
    return bool(shares) and shares <= {SQLITE, WAITING[SQLITE]}
