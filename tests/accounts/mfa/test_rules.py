"""Who may change who gets in, and what may be removed."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.assurance import Level, Method
from accounts.mfa.rules import Presence, Removal, Standing, keeps_recovery_codes, removal, standing

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
PASSWORD, APP, PASSKEY = Method.PASSWORD, Method.APP, Method.PASSKEY
SHEET, RECOVERY_CODE, TEXT = Method.CODE_SHEET, Method.RECOVERY_CODE, Method.TEXT_MESSAGE


def _standing(proved: set[Method], available: set[Method], *, minutes: float = 1) -> Standing:
    signed_in = NOW - timedelta(minutes=minutes)
    presence = Presence(frozenset(proved), frozenset(available), signed_in)
    return standing(presence, now=NOW, fresh_for=QUARTER)


@pytest.mark.parametrize(
    "proved, available",
    [
        ({PASSWORD}, {PASSWORD}),
        ({PASSWORD, APP}, {PASSWORD, APP, RECOVERY_CODE}),
        ({PASSWORD, SHEET}, {PASSWORD, APP, SHEET}),
        ({PASSKEY}, {PASSWORD, APP, PASSKEY}),
    ],
)
def test_as_much_as_the_account_has_is_enough(proved: set[Method], available: set[Method]) -> None:
    assert _standing(proved, available) is Standing.FRESH


def test_a_sign_in_is_fresh_for_a_quarter_of_an_hour() -> None:
    assert _standing({PASSWORD}, {PASSWORD}, minutes=14.9) is Standing.FRESH
    assert _standing({PASSWORD}, {PASSWORD}, minutes=15) is Standing.STALE


@pytest.mark.parametrize(
    "proved, available",
    [
        ({PASSWORD}, {PASSWORD, APP}),
        ({PASSWORD}, {PASSWORD, PASSKEY}),
        ({PASSWORD, APP}, {PASSWORD, APP, PASSKEY}),
    ],
)
def test_less_than_the_account_has_asks_for_more(
    proved: set[Method], available: set[Method]
) -> None:
    assert _standing(proved, available) is Standing.STALE


@pytest.mark.parametrize("passing", [RECOVERY_CODE, TEXT])
def test_what_only_passes_changes_nothing(passing: Method) -> None:
    assert _standing({PASSWORD, passing}, {PASSWORD, APP, passing}) is Standing.PASSING


def test_after_a_recovery_nothing_changes_for_a_while() -> None:
    everything = frozenset({PASSKEY})
    held = Presence(everything, everything, NOW, held_until=NOW + timedelta(hours=1))
    assert standing(held, now=NOW, fresh_for=QUARTER) is Standing.HELD
    over = Presence(everything, everything, NOW, held_until=NOW)
    assert standing(over, now=NOW, fresh_for=QUARTER) is Standing.FRESH


@pytest.mark.parametrize("left", [set(), {APP}, {APP, SHEET, RECOVERY_CODE}])
def test_the_last_way_in_stays(left: set[Method]) -> None:
    assert removal(left=frozenset(left), by_new_way=False) is Removal.LAST_WAY


@pytest.mark.parametrize("left", [{PASSWORD}, {PASSKEY}, {PASSWORD, APP}])
def test_anything_else_may_go(left: set[Method]) -> None:
    assert removal(left=frozenset(left), by_new_way=False) is Removal.REMOVED
    assert removal(left=frozenset(left), by_new_way=True) is Removal.TOO_NEW


def test_recovery_codes_do_not_stand_alone() -> None:
    assert keeps_recovery_codes(frozenset({PASSWORD, APP, RECOVERY_CODE}))
    assert not keeps_recovery_codes(frozenset({PASSWORD, PASSKEY, RECOVERY_CODE, TEXT}))


@pytest.mark.parametrize(
    "proved, available, stands",
    [
        ({PASSWORD}, {PASSWORD}, Standing.TOO_WEAK),
        ({PASSWORD, TEXT}, {PASSWORD, TEXT}, Standing.TOO_WEAK),
        ({PASSWORD}, {PASSWORD, APP}, Standing.STALE),
        ({PASSWORD, APP}, {PASSWORD, APP}, Standing.FRESH),
        ({PASSWORD, APP}, {PASSWORD, APP, PASSKEY}, Standing.FRESH),
        ({PASSKEY}, {PASSKEY}, Standing.FRESH),
    ],
)
def test_what_takes_two_factors_takes_neither_less_nor_more(
    proved: set[Method], available: set[Method], stands: Standing
) -> None:
    presence = Presence(frozenset(proved), frozenset(available), NOW)
    two = Level.TWO_FACTORS
    assert standing(presence, now=NOW, fresh_for=QUARTER, at_least=two, at_most=two) is stands
