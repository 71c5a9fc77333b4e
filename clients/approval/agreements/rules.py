"""When owners are told that an agreement ends, and what happens then."""

from datetime import date
from typing import Final

# Days before the last one; zero: it is past.
NOTICES: Final = (90, 30, 7, 1)
PAST: Final = 0


def notice_due(*, ends_on: date, today: date, told: int | None) -> int | None:
    """Return the notice that is due now, if any: the nearest only, when several were missed."""
    left = (ends_on - today).days
    due = PAST if left < 0 else min((days for days in NOTICES if left <= days), default=None)
    if due is None or (told is not None and told <= due):
        return None
    return due
