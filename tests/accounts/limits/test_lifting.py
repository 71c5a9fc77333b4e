"""What the staff may lift, and how far."""

from datetime import timedelta

import pytest
import time_machine

from accounts.limits import table
from accounts.limits.lifting import is_let_through, is_liftable, is_limited, is_stopped, lift
from accounts.limits.operations import ALLOWED, hit, peek
from accounts.limits.table import (
    RESET_MAIL,
    SIGN_IN,
    SIGN_IN_AFTER_LIFT,
    SIGN_IN_NETWORK,
    SIGN_IN_STOPPED,
    SIGN_UP_MAIL,
    START_CODE,
    Limit,
)

pytestmark = pytest.mark.django_db

ADA, BEN = "ada@example.org", "ben@example.org"


def _fill(limit: Limit, *keys: str) -> None:
    for _try in range(limit.amount):
        assert hit(limit, *keys).allowed


def test_nothing_is_let_through_before_it_was_lifted() -> None:
    assert not is_let_through(ADA)
    assert peek(SIGN_IN_AFTER_LIFT, ADA).allowed


def test_as_many_as_the_limit_says_are_let_through_and_no_more() -> None:
    lift({ADA})
    tries = [is_let_through(ADA) for _try in range(SIGN_IN_AFTER_LIFT.amount + 2)]
    assert tries == [True] * SIGN_IN_AFTER_LIFT.amount + [False] * 2


def test_nobody_else_is_let_through() -> None:
    lift({ADA})
    assert not is_let_through(BEN)


def test_it_lasts_for_a_quarter_of_an_hour() -> None:
    with time_machine.travel("2026-01-10T12:00:00Z", tick=False) as clock:
        lift({ADA})
        clock.shift(timedelta(minutes=14, seconds=59))
        assert is_let_through(ADA)
        clock.shift(timedelta(seconds=2))
        assert not is_let_through(ADA)


def test_lifting_again_begins_the_time_and_the_tries_anew() -> None:
    with time_machine.travel("2026-01-10T12:00:00Z", tick=False) as clock:
        lift({ADA})
        _fill(SIGN_IN_AFTER_LIFT, ADA)
        clock.shift(timedelta(minutes=10))
        assert not is_let_through(ADA)
        lift({ADA})
        clock.shift(timedelta(minutes=10))
        assert is_let_through(ADA)


@pytest.mark.parametrize("limit", [SIGN_IN_STOPPED, SIGN_UP_MAIL, SIGN_IN_AFTER_LIFT])
def test_who_is_refused_by_name_is_seen_and_let_on(limit: Limit) -> None:
    _fill(limit, ADA)
    assert is_stopped({ADA, BEN})
    assert not is_stopped({BEN})
    assert not is_limited({ADA})
    lift({ADA})
    assert not is_stopped({ADA})


def test_mails_that_go_out_no_more_stop_nobody() -> None:
    _fill(RESET_MAIL, ADA)
    assert is_limited({ADA})
    assert not is_stopped({ADA})
    lift({ADA})
    assert not is_limited({ADA})


def test_who_has_no_name_is_neither_stopped_nor_limited() -> None:
    assert not is_stopped(set())
    assert not is_limited(set())


@pytest.mark.parametrize(
    "limit, expected",
    [(SIGN_IN, True), (SIGN_UP_MAIL, True), (SIGN_IN_NETWORK, False), (START_CODE, False)],
)
def test_a_refusal_tells_whether_staff_may_lift_it(limit: Limit, *, expected: bool) -> None:
    keys = ("x",) * len(limit.counts_by)
    _fill(limit, *keys)
    assert is_liftable(hit(limit, *keys)) is expected


def test_what_is_allowed_is_nothing_to_lift() -> None:
    assert not is_liftable(ALLOWED)


def test_nothing_that_counts_by_place_account_or_code_is_lifted() -> None:
    kept = [one for one in table.LIMITS if set(one.counts_by) - {"name", "address", "mailbox"}]
    for limit in kept:
        _fill(limit, *(ADA,) * len(limit.counts_by)) if limit.amount <= 10 else None
    lift({ADA})
    for limit in kept:
        if limit.amount <= 10:
            assert not peek(limit, *(ADA,) * len(limit.counts_by)).allowed, limit.name
