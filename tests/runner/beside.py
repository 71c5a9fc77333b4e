"""A pytest plugin for a run beside another on SQLite: leaves to that one what no database changes.

The runner loads it where both databases are tested at once. A run on one database alone is whole.
"""

import pytest

# What a test asks for when it may read or write rows; pytest-django refuses them to all others.
_DATABASE = {
    *("db", "transactional_db", "live_server"),
    *("served", "served_in_time", "conforming", "ledger"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what is marked `once`, and every test that can reach no database."""
    elsewhere = [item for item in items if is_same_on_every_database(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if not is_same_on_every_database(item)]


def is_same_on_every_database(item: pytest.Item) -> bool:
    """Whether a test would find on this database what it finds on any other."""
    if item.get_closest_marker("once"):
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return not (item.get_closest_marker("django_db") or fixtures & _DATABASE)


def is_loaded(config: pytest.Config) -> bool:
    """Whether this run has another on SQLite beside it."""
    return config.pluginmanager.hasplugin(__name__)
