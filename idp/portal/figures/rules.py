"""Figures by hour and day: which periods there are, and percentiles out of counted buckets."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

HOURS: Final = 48
DAYS: Final = 30
PERCENTILES: Final = (50, 95, 99)
_MOST_REASONS: Final = 20
# So many reasons have a chart and a column each; those after them are added up.
_DRAWN: Final = 5
# What a spreadsheet takes for a formula when a cell begins with it.
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Period:
    """One hour or day, and what happened in it; `latency` by percentile, None where nothing was.

    `refused` is what residents did, `errors` are the application's own refused requests.
    """

    start: datetime
    sign_ins: int
    agreed: int
    refused: int
    errors: int
    latency: Mapping[int, int | None]


@dataclass(frozen=True)
class Refusals:
    """How often one reason refused the application, by where each period begins."""

    endpoint: str
    reason: str
    by_start: Counter[datetime]

    @property
    def number(self) -> int:
        """How often in all periods."""
        return self.by_start.total()

    def within(self, period: Period) -> int:
        """Return how often in one period."""
        return self.by_start[period.start]


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
    errors: Mapping[datetime, int],
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
            errors.get(start, 0),
            {one: percentile(latencies.get(start, nothing), one) for one in PERCENTILES},
        )
        for start in beginnings
    ]


def most_frequent(found: Iterable[Refusals]) -> list[Refusals]:
    """Return the twenty most frequent reasons, the most frequent first."""
    return sorted(found, key=lambda one: (-one.number, one.endpoint, one.reason))[:_MOST_REASONS]


def drawn(refusals: Sequence[Refusals]) -> Sequence[Refusals]:
    """Return the reasons that are shown over time one by one."""
    return refusals[:_DRAWN]


def others(period: Period, refusals: Sequence[Refusals]) -> int:
    """Return how many errors of a period had a reason that is not shown one by one."""
    return period.errors - sum(one.within(period) for one in drawn(refusals))


def cell(value: object) -> str:
    """Return a cell of a CSV file that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
