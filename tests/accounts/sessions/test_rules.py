"""When a session counts."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.assurance import Level, Method, level_of
from accounts.sessions.rules import SessionFacts, Standing, is_open, standing

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def _facts(**changes: object) -> SessionFacts:
    usual = {
        "ended": False,
        "account_active": True,
        "last_seen_at": NOW,
        "expires_at": NOW + 12 * HOUR,
        "idle": HOUR,
    }
    return SessionFacts(**{**usual, **changes})  # type: ignore[arg-type]


def test_a_session_in_use_is_open() -> None:
    assert is_open(_facts(), now=NOW)


@pytest.mark.parametrize(
    "facts",
    [
        _facts(ended=True),
        _facts(account_active=False),
        _facts(last_seen_at=NOW - HOUR),
        _facts(expires_at=NOW),
    ],
)
def test_one_reason_is_enough_to_close_it(facts: SessionFacts) -> None:
    assert not is_open(facts, now=NOW)


def test_it_is_open_to_the_last_moment() -> None:
    assert is_open(_facts(last_seen_at=NOW - HOUR + SECOND), now=NOW)
    assert is_open(_facts(expires_at=NOW + SECOND), now=NOW)


def test_a_password_alone_is_one_factor() -> None:
    assert level_of([Method.PASSWORD, Method.PASSWORD]) == Level.ONE_FACTOR


@pytest.mark.parametrize("idle", [HOUR, HOUR / 6])
def test_its_owner_may_come_back_for_twelve_times_as_long_as_it_may_rest(idle: timedelta) -> None:
    facts = _facts(idle=idle)
    assert standing(facts, now=NOW + 13 * idle - SECOND) is Standing.RAN_OUT
    assert standing(facts, now=NOW + 13 * idle) is Standing.LONG_OVER
