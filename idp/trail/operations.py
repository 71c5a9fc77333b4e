"""Writes the trail."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from clients.models import Application
from idp.models import RequestTrail, TrailOverflow
from idp.trail import counts
from idp.trail.entry import Entry
from idp.trail.rules import admitted

_AN_HOUR: Final = timedelta(hours=1)


def write(*, entries: Collection[Entry]) -> int:
    """Write the entries that name an application and are within its cap; return how many.

    Of those beyond it their number is written. What figures are made of is counted with them.
    """
    known = _known({entry.client_id for entry in entries})
    named = [entry for entry in entries if entry.client_id in known]
    found = admitted(named, written=_written(named))
    with transaction.atomic():
        RequestTrail.objects.bulk_create(_row(entry, known) for entry in found.kept)
        counts.add(found.kept, known=known)
        _count(found.left_out, known)
    return len(found.kept)


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


def _count(left_out: Mapping[str, int], known: Mapping[str, int]) -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for client_id, number in left_out.items():
        # Another process may be counting for the same application: added up by the database.
        row, _new = TrailOverflow.objects.get_or_create(
            application_id=known[client_id], hour=hour, defaults={"left_out": 0}
        )
        TrailOverflow.objects.filter(pk=row.pk).update(left_out=F("left_out") + number)


def _row(entry: Entry, known: Mapping[str, int]) -> RequestTrail:
    members = vars(entry) | {"application_id": known[entry.client_id]}
    del members["client_id"]
    return RequestTrail(**members)
