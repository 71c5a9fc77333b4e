"""Writes the trail."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from clients.models import Application
from idp.models import RequestTrail
from idp.trail.entry import Entry
from idp.trail.rules import admitted

_AN_HOUR = timedelta(hours=1)


def write(*, entries: Collection[Entry]) -> int:
    """Write the entries that name an application and are within its cap; return how many."""
    known = _known({entry.client_id for entry in entries})
    named = [entry for entry in entries if entry.client_id in known]
    rows = [_row(entry, known) for entry in admitted(named, written=_written(named))]
    RequestTrail.objects.bulk_create(rows)
    return len(rows)


def _known(client_ids: Collection[str]) -> dict[str, int]:
    rows = Application.objects.filter(client_id__in=client_ids)
    return dict(rows.values_list("client_id", "pk"))


def _written(entries: Collection[Entry]) -> dict[str, int]:
    """Count the last hour's unauthenticated records of the applications that have new ones."""
    doubtful = {entry.client_id for entry in entries if not entry.is_authenticated}
    if not doubtful:
        return {}
    rows = RequestTrail.objects.filter(
        application__client_id__in=doubtful,
        is_authenticated=False,
        at__gt=timezone.now() - _AN_HOUR,
    )
    counted = rows.values_list("application__client_id").annotate(count=Count("pk"))
    return dict(counted.values_list("application__client_id", "count"))


def _row(entry: Entry, known: dict[str, int]) -> RequestTrail:
    members = vars(entry) | {"application_id": known[entry.client_id]}
    del members["client_id"]
    return RequestTrail(**members)
