"""How long secrets are good, and when somebody is told that one ends."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MOST_LIVE: Final = 2
# Longer ones outlive whoever knows where they are used.
LONGEST_LIVE: Final = timedelta(days=180)
LONGEST_SANDBOX: Final = timedelta(days=365)
OFFERED: Final = tuple(timedelta(days=days) for days in (30, 90, 180, 365))
NOTICES: Final = (30, 7, 1)


class SecretProblem(StrEnum):
    """Why no new secret is made."""

    TWO_ARE_GOOD = "two_secrets_are_good"
    MADE_MEANWHILE = "secret_made_meanwhile"
    LIFE_UNFIT = "secret_life_unfit"


def longest(*, is_live: bool) -> timedelta:
    """Return how long a secret may be good that a member makes."""
    return LONGEST_LIVE if is_live else LONGEST_SANDBOX


def notice_due(*, ends_at: datetime, now: datetime, told: int | None) -> int | None:
    """Return of how many days before its end to tell now, if of any; `told`: the last notice."""
    left = ends_at - now
    if left <= timedelta(0):
        return None
    reached = [days for days in NOTICES if left <= timedelta(days=days)]
    # After a gap only the most urgent one goes out.
    due = min(reached, default=None)
    return due if due is not None and (told is None or due < told) else None
