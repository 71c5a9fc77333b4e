"""How far a change of addresses is, decided without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.assurance import Level
from accounts.profile.emails.changes.rules import OldAddress, Progress, Stage, old_address, stage

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def progress(**columns: Any) -> Progress:
    return Progress(**{"old": OldAddress.ASKED, "expires_at": NOW + HOUR, **columns})


@pytest.mark.parametrize(
    "columns, expected",
    [
        ({}, Stage.NEW_ADDRESS),
        ({"agreed": True}, Stage.NEW_ADDRESS),
        ({"opens_at": NOW}, Stage.NEW_ADDRESS),
        ({"confirmed": True}, Stage.OLD_ADDRESS),
        ({"confirmed": True, "agreed": True}, Stage.READY),
        ({"confirmed": True, "old": OldAddress.NOT_NEEDED}, Stage.READY),
        ({"confirmed": True, "old": OldAddress.NOT_OBEYED}, Stage.OLD_ADDRESS),
        ({"confirmed": True, "opens_at": NOW + HOUR}, Stage.WAITING),
        ({"confirmed": True, "opens_at": NOW}, Stage.READY),
        ({"confirmed": True, "agreed": True, "expires_at": NOW}, Stage.EXPIRED),
        ({"confirmed": True, "agreed": True, "cancelled": True}, Stage.CANCELLED),
        ({"cancelled": True, "expires_at": NOW}, Stage.CANCELLED),
        ({"done": True, "expires_at": NOW}, Stage.DONE),
    ],
)
def test_a_change_needs_one_thing_at_a_time(columns: dict[str, Any], expected: Stage) -> None:
    assert stage(progress(**columns), now=NOW) is expected


@pytest.mark.parametrize(
    "replaces_main, unsafe, level, expected",
    [
        (False, False, Level.ONE_FACTOR, OldAddress.NOT_NEEDED),
        (True, False, Level.ONE_FACTOR, OldAddress.ASKED),
        (True, False, Level.PHISHING_RESISTANT, OldAddress.ASKED),
        (True, True, Level.ONE_FACTOR, OldAddress.NOT_OBEYED),
        (True, True, Level.TWO_FACTORS, OldAddress.NOT_NEEDED),
        (True, True, Level.PHISHING_RESISTANT, OldAddress.NOT_NEEDED),
    ],
)
def test_an_unsafe_address_is_never_asked(
    *, replaces_main: bool, unsafe: bool, level: Level, expected: OldAddress
) -> None:
    assert old_address(replaces_main=replaces_main, unsafe=unsafe, level=level) is expected
