"""A directory that the settings of each test name."""

import pytest
from pytest_django import Settings

from tests.accounts.staffing.directory.fake import FakeDirectory, named


@pytest.fixture
def directory(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FakeDirectory:
    """Return the council's directory, in which nobody is yet."""
    return named(settings, monkeypatch)
