"""Takes up again what a killed worker was at."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.lost_jobs import rules
from accounts.lost_jobs.rules import Fate


@transaction.atomic
def take_up(*, now: datetime) -> int:
    """Have each job done again at which its worker was killed; return how many.

    Jobs bear that: they look first whether there is anything left to do. One that was lost too
    often ends, and its row is purged like others.
    """
    rows = DBTaskResult.objects.select_for_update(no_key=True, skip_locked=True).filter(
        status=TaskResultStatus.RUNNING, started_at__lte=now - rules.LOST_AFTER
    )
    return sum(_take_up(row, now) is Fate.AGAIN for row in rows.order_by("started_at"))


def _take_up(row: DBTaskResult[..., Any], now: datetime) -> Fate:
    fate = rules.fate(times_begun=len(row.worker_ids))
    if fate is Fate.AGAIN:
        row.status, row.started_at = TaskResultStatus.READY, None
    else:
        row.status, row.finished_at = TaskResultStatus.FAILED, now
    row.save(update_fields=["status", "started_at", "finished_at"])
    return fate
