"""Figures by hour and day: which periods there are, and percentiles out of counted buckets."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

HOURS: Final = 48
DAYS: Final = 30
PERCENTILES: Final = (50, 95, 99)
# What a spreadsheet takes for a formula when a cell begins with it.
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Period:
    """One hour or day, and what happened in it; `latency` by percentile, None where nothing was."""

    start: datetime
    sign_ins: int
    agreed: int
    refused: int
    latency: Mapping[int, int | None]


def starts(*, by_hour: bool, now: datetime, zone: tzinfo) -> list[datetime]:
    """Return where each period begins, the oldest first: days by the clock here, hours in UTC.

    When clocks are set back, one hour has the name of the next.
    """
    if by_hour:
        last = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return [last - timedelta(hours=back) for back in range(HOURS)][::-1]
    today = now.astimezone(zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS)][::-1]
    return [datetime(day.year, day.month, day.day, tzinfo=zone) for day in days]


def start_of(hour: datetime, *, by_hour: bool, zone: tzinfo) -> datetime:
    """Return where the period begins that an hour belongs to."""
    if by_hour:
        return hour.astimezone(UTC)
    return hour.astimezone(zone).replace(hour=0, minute=0)


def percentile(counts: Mapping[int, int], percent: int) -> int | None:
    """Return a number of milliseconds within which that part was answered; None of nothing."""
    total = sum(counts.values())
    seen = 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen * 100 >= total * percent:
            return bucket
    return None


def periods(
    beginnings: Sequence[datetime],
    *,
    sign_ins: Mapping[datetime, int],
    agreed: Mapping[datetime, int],
    refused: Mapping[datetime, int],
    latencies: Mapping[datetime, Counter[int]],
) -> list[Period]:
    """Return what happened in each period."""
    nothing: Counter[int] = Counter()
    return [
        Period(
            start,
            sign_ins.get(start, 0),
            agreed.get(start, 0),
            refused.get(start, 0),
            {one: percentile(latencies.get(start, nothing), one) for one in PERCENTILES},
        )
        for start in beginnings
    ]


def cell(value: object) -> str:
    """Return a cell of a CSV file that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
