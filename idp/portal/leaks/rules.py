"""Since when somebody else may have had a secret."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Since(StrEnum):
    """What a developer can say of it."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


_AGO: Final[dict[Since, timedelta]] = {
    Since.HOUR: timedelta(hours=1),
    Since.DAY: timedelta(days=1),
    Since.WEEK: timedelta(days=7),
    Since.MONTH: timedelta(days=31),
}


def moment(since: Since, *, now: datetime, oldest: datetime) -> datetime:
    """Return the earliest moment that is meant; `oldest`: when the oldest secret was made."""
    return max(oldest, now - _AGO[since]) if since in _AGO else oldest
