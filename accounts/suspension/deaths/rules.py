"""How long a death counts of which somebody has only called."""

from datetime import datetime, timedelta
from typing import Final

CONFIRMED_WITHIN: Final = timedelta(days=14)


def lapses_at(*, is_call: bool, now: datetime) -> datetime | None:
    """Return when a note ends by itself; None if what was seen is enough.

    Whoever would have somebody's account stopped could call and weep: that holds for two weeks.
    """
    return now + CONFIRMED_WITHIN if is_call else None
