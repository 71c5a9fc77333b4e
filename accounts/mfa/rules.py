"""Whether a session may change who gets into its account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.assurance import Method, lasting_level_of, level_of


class Standing(StrEnum):
    """How a session stands to changing the ways to sign in.

    Passing: its second step was one that reaches services and changes nothing. Held: the account
    was recovered a short while ago.
    """

    FRESH = "fresh"
    STALE = "sign_in_again"
    PASSING = "second_step_does_not_last"
    HELD = "changes_held"


@dataclass(frozen=True)
class Presence:
    """What decides it: proofs given and to be had, and when; times aware."""

    proved: frozenset[Method]
    available: frozenset[Method]
    auth_time: datetime
    held_until: datetime | None = None


def standing(presence: Presence, *, now: datetime, fresh_for: timedelta) -> Standing:
    """Return how the session stands: signed in anew, by as much as the account has?"""
    if presence.held_until is not None and now < presence.held_until:
        return Standing.HELD
    needed = lasting_level_of(presence.available)
    if now - presence.auth_time >= fresh_for or level_of(presence.proved) < needed:
        return Standing.STALE
    return Standing.FRESH if lasting_level_of(presence.proved) >= needed else Standing.PASSING
