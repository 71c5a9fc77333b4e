"""Whether two accounts may be joined."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from accounts.assurance import Level
from accounts.joining.rules import Refusal, Side, addresses_move, refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANN, JOAN = Side("ann", active=True), Side("joan", active=True)


def refused(*sides: Side, proved: bool = True) -> Refusal | None:
    return refusal(*sides, proved=proved, now=NOW)


def test_two_accounts_that_are_both_proved_may() -> None:
    assert refused(ANN, JOAN) is None


def test_an_account_is_not_joined_to_itself() -> None:
    assert refused(ANN, ANN) is Refusal.SAME_ACCOUNT


def test_a_proof_that_counts_no_more_joins_nothing() -> None:
    assert refused(ANN, JOAN, proved=False) is Refusal.NOT_PROVED


def test_an_account_that_is_stopped_is_not_joined_either_way_round() -> None:
    stopped = Side("joan", active=False)
    assert refused(ANN, stopped) is refused(stopped, ANN) is Refusal.NOT_ACTIVE


def test_an_account_that_was_recovered_lately_is_not_joined() -> None:
    held = Side("joan", active=True, held_until=NOW + timedelta(seconds=1))
    assert refused(ANN, held) is refused(held, ANN) is Refusal.HELD
    assert refused(ANN, Side("joan", active=True, held_until=NOW)) is None


def test_a_test_account_is_joined_to_no_real_one() -> None:
    made_up = Side("joan", active=True, is_test=True)
    assert refused(ANN, made_up) is Refusal.TEST_AND_REAL
    assert refused(made_up, Side("jim", active=True, is_test=True)) is None


@pytest.mark.parametrize("closed, kept", list(product(Level, Level)))
def test_addresses_move_only_between_accounts_that_were_proved_by_two_things(
    closed: Level, kept: Level
) -> None:
    assert addresses_move(closed, kept) == (Level.ONE_FACTOR not in {closed, kept})
