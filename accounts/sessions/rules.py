"""Whether a session still counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# How often the time that a session may rest its owner has after it to come back to a page of it:
# a night's sleep, and two hours where others use the device and might send the page instead.
_COME_BACK_WITHIN: Final = 12


class Standing(StrEnum):
    """What has become of a session."""

    OPEN = "session_open"
    RAN_OUT = "session_ran_out"
    ENDED_ON_PURPOSE = "session_ended_on_purpose"
    LONG_OVER = "session_long_over"


@dataclass(frozen=True)
class SessionFacts:
    """What decides whether a session is open; all times aware. `idle`: how long it may rest."""

    ended: bool
    account_active: bool
    last_seen_at: datetime
    expires_at: datetime
    idle: timedelta


def ends_at(facts: SessionFacts) -> datetime:
    """Return when the session is over if nothing more is done in it."""
    return min(facts.last_seen_at + facts.idle, facts.expires_at)


def standing(facts: SessionFacts, *, now: datetime) -> Standing:
    """Return what has become of the session: not ended, not idle, not expired is open.

    One that ran out by itself is told from one that somebody ended (a sign-out, a new password, a
    freeze, "this wasn't me", from another device): whoever still types there may be whom it was
    ended against, so that nothing of theirs may wait for the owner.
    """
    if facts.ended or not facts.account_active:
        return Standing.ENDED_ON_PURPOSE
    end = ends_at(facts)
    if now < end:
        return Standing.OPEN
    return Standing.RAN_OUT if now < end + _COME_BACK_WITHIN * facts.idle else Standing.LONG_OVER


def is_open(facts: SessionFacts, *, now: datetime) -> bool:
    """Say whether the session may be used."""
    return standing(facts, now=now) is Standing.OPEN
