"""How far a closing is, who may take it back, and what the nightly job does about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.closing.rules import Due, Facts, Refusal, Standing, due, may_reopen, standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = Facts(closes_at=NOW + DAY, by_owner=True)
CLOSED = replace(ASKED, closed_at=NOW - DAY, reopen_until=NOW + DAY)


def test_it_waits_until_it_has_closed_however_late_the_job_is() -> None:
    assert standing(ASKED, now=NOW + 9 * DAY) is Standing.WAITING


def test_its_owner_may_have_it_back_up_to_the_last_moment() -> None:
    assert standing(CLOSED, now=NOW + DAY - timedelta(seconds=1)) is Standing.REOPENABLE
    assert standing(CLOSED, now=NOW + DAY) is Standing.OVER


def test_what_was_emptied_early_is_over() -> None:
    assert standing(replace(CLOSED, purged=True), now=NOW) is Standing.OVER


def test_what_the_council_closed_the_council_alone_opens() -> None:
    stands = standing(replace(CLOSED, by_owner=False), now=NOW)
    assert may_reopen(stands, is_operator=False) is Refusal.NOT_ITS_OWNERS
    assert may_reopen(stands, is_operator=True) is None


@pytest.mark.parametrize("is_operator", [True, False])
def test_nobody_opens_what_is_open_or_over(*, is_operator: bool) -> None:
    assert may_reopen(Standing.WAITING, is_operator=is_operator) is Refusal.NOT_CLOSED
    assert may_reopen(Standing.OVER, is_operator=is_operator) is Refusal.OVER


def test_nothing_is_due_before_its_time() -> None:
    assert due(ASKED, frozen=False, suspended=False, now=NOW) is Due.NOTHING
    assert due(ASKED, frozen=False, suspended=False, now=NOW + DAY) is Due.CLOSE


def test_a_frozen_account_stays() -> None:
    assert due(ASKED, frozen=True, suspended=False, now=NOW) is Due.NOTHING
    assert due(ASKED, frozen=True, suspended=False, now=NOW + DAY) is Due.CANCEL


def test_a_suspended_account_waits() -> None:
    assert due(ASKED, frozen=True, suspended=True, now=NOW + DAY) is Due.NOTHING
