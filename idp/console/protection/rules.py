"""Who may change who reads the contact details of a protected account, and for how long it is."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LONGEST: Final = timedelta(days=5 * 365)


class Refusal(StrEnum):
    """Why a protection is not changed."""

    NOT_NAMED = "not_a_named_lead"
    LAST_LEAD = "last_named_lead"
    NO_LEAD = "not_a_support_lead"
    NOT_PROTECTED = "not_protected"
    PROTECTED_ALREADY = "protected_already"


def refusal_to_change(*, by_operator: bool, is_named: bool) -> Refusal | None:
    """Return why somebody may not change it, or None if they may.

    A lead who is not named cannot name themselves: whoever the owner fled may be that lead. With
    every named lead gone, an operator names another by command.
    """
    return None if by_operator or is_named else Refusal.NOT_NAMED


def is_fit_end(day: date, *, today: date) -> bool:
    """Say whether a protection may end on that day."""
    return today < day <= today + LONGEST
