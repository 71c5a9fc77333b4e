"""Who may say that a way to reach an account's owner is unsafe.

It silences notices: whoever could do so with a stolen password would be heard by nobody after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accounts.assurance import Level, Method, lasting_level_of

# Longer than somebody takes to notice that a stranger added a way to sign in.
OLD_ENOUGH: Final = timedelta(days=7)


class Refusal(StrEnum):
    """Why somebody signed in may not; staff may, after checking who asks."""

    HELD = "changes_held"
    NOT_FRESH = "sign_in_again"
    ONE_FACTOR = "one_factor"
    WAY_TOO_NEW = "way_too_new"


@dataclass(frozen=True)
class Shown:
    """One proof of a session; `since` is when its authenticator was added, empty for a password."""

    method: Method
    since: datetime | None = None


@dataclass(frozen=True)
class Presence:
    """What decides it; times aware. `held_until`: the account was recovered lately."""

    shown: tuple[Shown, ...]
    signed_in_at: datetime
    held_until: datetime | None = None


def refusal(presence: Presence, *, now: datetime, fresh_for: timedelta) -> Refusal | None:
    """Return why a session may not mark a way to reach its owner, or None if it may.

    What another sign-in of the same kind would mend comes last.
    """
    if presence.held_until is not None and now < presence.held_until:
        return Refusal.HELD
    if _level(presence.shown) < Level.TWO_FACTORS:
        return Refusal.ONE_FACTOR
    old = (shown for shown in presence.shown if _is_old(shown, now))
    if _level(old) < Level.TWO_FACTORS:
        return Refusal.WAY_TOO_NEW
    return Refusal.NOT_FRESH if now - presence.signed_in_at >= fresh_for else None


def _level(shown: Iterable[Shown]) -> Level:
    return lasting_level_of(each.method for each in shown)


def _is_old(shown: Shown, now: datetime) -> bool:
    # A password alone reaches no second factor, however old it is.
    return shown.method is Method.PASSWORD or (
        shown.since is not None and now - shown.since > OLD_ENOUGH
    )
