"""Who may freeze, and how strongly one must sign in to unfreeze."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.assurance import Level, Method
from accounts.freezing.rules import (
    Unfreezing,
    Wish,
    least_level,
    may_freeze_by_mail,
    may_unfreeze,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOTHING: frozenset[Method] = frozenset()
PASSWORD = frozenset({Method.PASSWORD})
APP = PASSWORD | {Method.APP}
PASSKEY = frozenset({Method.PASSKEY})
CODE = PASSWORD | {Method.RECOVERY_CODE}
TEXT = PASSWORD | {Method.TEXT_MESSAGE}


@pytest.mark.parametrize(
    "shown, available, least",
    [
        (PASSWORD, PASSWORD, Level.ONE_FACTOR),
        (APP, APP, Level.TWO_FACTORS),
        (PASSKEY, APP | PASSKEY, Level.PHISHING_RESISTANT),
        # A session of one factor, as on a remembered device, does not open what has two.
        (PASSWORD, APP, Level.TWO_FACTORS),
        (CODE, APP | CODE, Level.TWO_FACTORS),
        # A mailbox has shown nothing.
        (NOTHING, PASSWORD, Level.ONE_FACTOR),
        (NOTHING, APP, Level.TWO_FACTORS),
        (NOTHING, APP | PASSKEY, Level.TWO_FACTORS),
    ],
)
def test_a_freeze_asks_for_what_whoever_froze_had_and_never_less_than_the_account_has(
    shown: frozenset[Method], available: frozenset[Method], least: Level
) -> None:
    assert least_level(shown, available) is least


@pytest.mark.parametrize(
    "proved, least, answer",
    [
        (APP, Level.TWO_FACTORS, Unfreezing.DONE),
        (PASSKEY, Level.TWO_FACTORS, Unfreezing.DONE),
        (PASSWORD, Level.TWO_FACTORS, Unfreezing.TOO_WEAK),
        (APP, Level.PHISHING_RESISTANT, Unfreezing.TOO_WEAK),
        (CODE, Level.TWO_FACTORS, Unfreezing.TOO_WEAK),
        (TEXT, Level.TWO_FACTORS, Unfreezing.TOO_WEAK),
        (NOTHING, Level.TWO_FACTORS, Unfreezing.TOO_WEAK),
    ],
)
def test_one_unfreezes_at_an_equal_or_higher_level(
    proved: frozenset[Method], least: Level, answer: Unfreezing
) -> None:
    wish = Wish(proved, available=APP | PASSKEY, least=least)
    assert may_unfreeze(wish, now=NOW) is answer


def test_nothing_is_unfrozen_in_the_days_after_a_recovery() -> None:
    wish = Wish(APP, APP, Level.TWO_FACTORS, recovered=True, held_until=NOW)
    assert may_unfreeze(wish, now=NOW - timedelta(seconds=1)) is Unfreezing.HELD
    assert may_unfreeze(wish, now=NOW) is Unfreezing.DONE


def test_whoever_recovered_may_unfreeze_by_the_best_that_is_left() -> None:
    lost_key = Wish(APP, APP, Level.PHISHING_RESISTANT)
    assert may_unfreeze(lost_key, now=NOW) is Unfreezing.TOO_WEAK
    recovered = Wish(APP, APP, Level.PHISHING_RESISTANT, recovered=True)
    assert may_unfreeze(recovered, now=NOW) is Unfreezing.DONE
    weak = Wish(PASSWORD, APP, Level.PHISHING_RESISTANT, recovered=True)
    assert may_unfreeze(weak, now=NOW) is Unfreezing.TOO_WEAK


def test_a_mailbox_freezes_again_only_thirty_days_after_an_unfreeze() -> None:
    assert may_freeze_by_mail(None, now=NOW)
    assert may_freeze_by_mail(NOW - timedelta(days=30), now=NOW)
    assert not may_freeze_by_mail(NOW - timedelta(days=29, hours=23), now=NOW)
