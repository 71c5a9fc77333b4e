"""Keeps the counts of weeks that are over."""

from datetime import datetime

from django.db import transaction

from idp.console.figures import counting, queries
from idp.console.figures.rules import Counts, Week
from idp.models import WeekFigure


def keep(*, now: datetime) -> int:
    """Count the weeks that are over and were not counted; return how many."""
    over = [week for week in queries.weeks(now) if counting.is_over(week, now=now)]
    kept = queries.kept(over)
    todo = [week for week in over if week not in kept]
    for week in todo:
        _keep(week, counting.count([week], now=now)[week])
    return len(todo)


@transaction.atomic
def _keep(week: Week, counts: Counts) -> None:
    rows = [WeekFigure(week=week.start, figure=queries.COUNTED, number=1)]
    rows += [
        WeekFigure(week=week.start, figure=figure, part=part, number=number)
        for (figure, part), number in counts.items()
    ]
    # Another process may have counted the same week in this moment.
    WeekFigure.objects.bulk_create(rows, ignore_conflicts=True)
