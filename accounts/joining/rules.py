"""Whether two accounts may be joined, and what may move."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accounts.assurance import Level

# As long as a sign-in is fresh: both people, if there are two, must be here now.
PROOF_LASTS: Final = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why they may not."""

    SAME_ACCOUNT = "joining_same_account"
    NOT_PROVED = "joining_not_proved"
    NOT_ACTIVE = "joining_account_not_active"
    HELD = "changes_held"
    TEST_AND_REAL = "joining_test_and_real"
    PASSING = "second_step_does_not_last"


@dataclass(frozen=True)
class Side:
    """One of the two accounts; `held_until`: it was recovered lately."""

    id: str
    active: bool
    is_test: bool = False
    held_until: datetime | None = None


def refusal(*sides: Side, proved: bool, now: datetime) -> Refusal | None:
    """Return why two accounts may not be joined, or None."""
    if len({side.id for side in sides}) == 1:
        return Refusal.SAME_ACCOUNT
    if not proved:
        return Refusal.NOT_PROVED
    if not all(side.active for side in sides):
        return Refusal.NOT_ACTIVE
    if any(side.held_until is not None and now < side.held_until for side in sides):
        return Refusal.HELD
    if len({side.is_test for side in sides}) > 1:
        return Refusal.TEST_AND_REAL
    return None


def addresses_move(closed: Level, kept: Level) -> bool:
    """Say whether the closed account's addresses may go to the other, given how each was proved.

    Not by a password alone: services take a confirmed address for its reader's.
    """
    return min(closed, kept) >= Level.TWO_FACTORS
