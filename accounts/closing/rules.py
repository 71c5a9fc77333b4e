"""How far the closing of an account is, and who may take it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """What may become of it.

    Stopped: the council closed it, or it went into another account: signing in opens it no more.
    """

    WAITING = "closing_waits"
    REOPENABLE = "closing_may_be_undone"
    STOPPED = "closing_stays"
    OVER = "closing_over"


class Outcome(StrEnum):
    """What came of a wish."""

    ASKED = "closing_asked"
    ALREADY = "closing_asked_already"
    KEPT = "closing_cancelled"
    REOPENED = "account_reopened"


class Refusal(StrEnum):
    """Why an account was neither closed nor opened again."""

    CLOSED = "account_is_closed"
    SUSPENDED = "account_is_suspended"
    SIGNED_OUT = "session_ended"
    NOT_CLOSED = "account_is_not_closed"
    NOT_ITS_OWNERS = "owner_may_not_reopen"
    OVER = "account_is_gone"


class Due(StrEnum):
    """What is to be done about a closing that waits."""

    NOTHING = "nothing"
    CLOSE = "close"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Facts:
    """A closing that was not taken back; times aware.

    `by_owner`: it came of its owner's wish, or of nobody signing in.
    """

    closes_at: datetime
    by_owner: bool
    closed_at: datetime | None = None
    reopen_until: datetime | None = None
    purged: bool = False


def standing(facts: Facts, *, now: datetime) -> Standing:
    """Return how far the closing is."""
    if facts.closed_at is None:
        return Standing.WAITING
    if facts.purged or facts.reopen_until is None or now >= facts.reopen_until:
        return Standing.OVER
    return Standing.REOPENABLE if facts.by_owner else Standing.STOPPED


def may_reopen(stands: Standing, *, is_operator: bool) -> Refusal | None:
    """Return why the account may not be opened again, or None."""
    if stands is Standing.WAITING:
        return Refusal.NOT_CLOSED
    if stands is Standing.OVER:
        return Refusal.OVER
    return None if is_operator or stands is Standing.REOPENABLE else Refusal.NOT_ITS_OWNERS


def due(facts: Facts, *, frozen: bool, suspended: bool, now: datetime) -> Due:
    """Return what to do about a closing that waits.

    A frozen account stays: whoever asked may be whom its owner froze it against. While the council
    has suspended one, nothing about it is destroyed.
    """
    if suspended or now < facts.closes_at:
        return Due.NOTHING
    return Due.CANCEL if frozen else Due.CLOSE
