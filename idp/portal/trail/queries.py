"""Reads an application's trail: by key and by index, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from clients.models import Application
from idp.models import RequestTrail, TrailOverflow
from idp.portal.trail import rules
from idp.portal.trail.rules import Place, Wanted

ON_A_PAGE: Final = 25
_AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Page:
    """Entries, newest first, what was left out among them, and where older ones begin."""

    entries: Sequence[RequestTrail]
    left_out: Sequence[TrailOverflow]
    older: Place | None


def page(application: Application, wanted: Wanted, *, after: Place | None) -> Page:
    """Return the newest entries that are wanted, after this place."""
    found = list(entries(application, wanted, after=after)[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    last = shown[-1] if len(found) > ON_A_PAGE else None
    older = Place(last.at, last.pk) if last else None
    return Page(shown, _left_out(application, wanted, shown, after=after, older=older), older)


def entries(
    application: Application, wanted: Wanted, *, after: Place | None
) -> QuerySet[RequestTrail]:
    """Return the entries that are wanted, newest first."""
    rows = RequestTrail.objects.filter(application=application)
    if after is not None:
        rows = rows.filter(at__lte=after.at)
        rows = rows.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.number))
    if wanted.endpoint:
        rows = rows.filter(endpoint=wanted.endpoint)
    if wanted.outcome:
        rows = rows.filter(is_refused=wanted.outcome == rules.REFUSED)
    if wanted.sender:
        rows = rows.filter(is_authenticated=wanted.sender == rules.PROVED)
    if wanted.span:
        rows = rows.filter(at__gte=timezone.now() - rules.SPANS[wanted.span])
    return rows.order_by("-at", "-pk")


def _left_out(
    application: Application,
    wanted: Wanted,
    shown: Sequence[RequestTrail],
    *,
    after: Place | None,
    older: Place | None,
) -> list[TrailOverflow]:
    """Return the hours within these entries of which anybody's requests were left out."""
    if wanted.sender == rules.PROVED:
        return []
    rows = TrailOverflow.objects.filter(application=application)
    if after is not None:
        rows = rows.filter(hour__lte=after.at - _AN_HOUR)
    if older is not None:
        rows = rows.filter(hour__gt=shown[-1].at - _AN_HOUR)
    if wanted.span:
        rows = rows.filter(hour__gt=timezone.now() - rules.SPANS[wanted.span] - _AN_HOUR)
    return list(rows.order_by("-hour")[:ON_A_PAGE])


def by_help_code(application: Application, code: str) -> RequestTrail | None:
    """Return the newest entry of this help code."""
    rows = RequestTrail.objects.filter(application=application, help_code=code)
    return rows.order_by("-pk").first()


def newest(application: Application) -> int:
    """Return the number of the newest entry, 0 where there is none."""
    rows = RequestTrail.objects.filter(application=application)
    found = rows.order_by("-at", "-pk").values_list("pk", flat=True).first()
    return found or 0


def end_of(overflow: TrailOverflow) -> datetime:
    """Return when the hour of what was left out ended, or will have."""
    return min(overflow.hour + _AN_HOUR, timezone.now())
