"""Reads the figures: weeks that are over from their counts, the others from the audit log."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from idp.console.figures import counting, rules
from idp.console.figures.rules import Counts, Figure, Week, WeekOf
from idp.models import WeekFigure

# The figure of the row that says that a week was counted.
COUNTED: Final = ""


def figures() -> list[WeekOf]:
    """Return the weeks of half a year, the oldest first."""
    now = timezone.now()
    listed = weeks(now)
    found = kept(listed)
    # In one stretch: what is not kept yet are the last weeks, or all after an upgrade.
    missing = [place for place, week in enumerate(listed) if week not in found]
    if missing:
        found = counting.count(listed[missing[0] : missing[-1] + 1], now=now) | found
    return [WeekOf(week, found[week]) for week in listed]


def weeks(now: datetime) -> list[Week]:
    """Return the weeks that the figures are about."""
    return rules.weeks(now=now, zone=timezone.get_default_timezone())


def kept(among: Sequence[Week]) -> dict[Week, Counts]:
    """Return the counts of those of these weeks that were counted when they were over."""
    by_start = {week.start: week for week in among}
    found: dict[Week, Counts] = {}
    rows = WeekFigure.objects.filter(week__in=by_start)
    for start, figure, part, number in rows.values_list("week", "figure", "part", "number"):
        counts = found.setdefault(by_start[start], Counter())
        if figure != COUNTED:
            counts[Figure(figure), part] = number
    return found
