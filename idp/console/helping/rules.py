"""How long a help session lasts, how surely a caller is known, and whom staff may not look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

LASTS: Final = timedelta(minutes=30)


class Tier(IntEnum):
    """How surely staff know that whom they help owns the account.

    UNCHECKED: not at all. MAILBOX: a code came back that was mailed to the account. OWNER: a code
    from the account's own page, or shown in person at a counter.
    """

    UNCHECKED = 0
    MAILBOX = 1
    OWNER = 2


# Ways of knowing somebody, the weakest first; the empty one is of nobody.
_WAYS: Final = ("", "mailed_code", "account_code", "counter")


class Refusal(StrEnum):
    """Why somebody of the staff gets no further."""

    OVER = "help_session_over"
    TIER_TOO_LOW = "tier_too_low"
    NO_ACCOUNT = "no_account_found"
    OWN_RECORD = "own_record"
    COLLEAGUE = "record_of_a_colleague"
    NOT_BY_NAME = "not_found_by_name"
    TOO_MANY_LOOKS = "too_many_looks"
    UNKNOWN_CODE = "unknown_help_code"


class Whose(StrEnum):
    """Whose account somebody of the staff is about to look at."""

    RESIDENT = "resident"
    THEIR_OWN = "their_own"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Stand:
    """What decides whether a page within a help session opens; times aware."""

    ends_at: datetime
    is_ended: bool
    tier: Tier
    has_account: bool


def is_surer(new: tuple[Tier, str], before: tuple[Tier, str]) -> bool:
    """Say whether somebody is known more surely by a tier and a way than by those before."""
    return (new[0], _WAYS.index(new[1])) > (before[0], _WAYS.index(before[1]))


def refusal_to_look(whose: Whose, *, is_lead: bool) -> Refusal | None:
    """Return why the account may not be opened, or None if it may.

    Nobody looks at their own; a colleague's is for a support lead, so that no team chats about it.
    """
    if whose is Whose.THEIR_OWN:
        return Refusal.OWN_RECORD
    if whose is Whose.COLLEAGUE and not is_lead:
        return Refusal.COLLEAGUE
    return None


def refusal_to_enter(stand: Stand, *, needed: Tier, now: datetime) -> Refusal | None:
    """Return why a page that needs a tier does not open, or None if it does."""
    if stand.is_ended or now >= stand.ends_at:
        return Refusal.OVER
    if needed is Tier.UNCHECKED:
        return None
    if not stand.has_account:
        return Refusal.NO_ACCOUNT
    return Refusal.TIER_TOO_LOW if stand.tier < needed else None
