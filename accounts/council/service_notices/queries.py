"""Reads notices about the service."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import ServiceNotice

_RECENT: Final = timedelta(days=30)
_MOST_RECENT: Final = 20


def not_over(now: datetime) -> QuerySet[ServiceNotice]:
    """Return those that are shown now or will be, the one that begins first at the top."""
    rows = ServiceNotice.objects.filter(ends_at__gt=now, taken_down_at=None)
    return rows.order_by("starts_at", "pk")


def shown_now() -> list[ServiceNotice]:
    """Return those that are shown at this moment, read from the database."""
    now = timezone.now()
    return [row for row in not_over(now) if row.starts_at <= now]


def recent(now: datetime) -> list[ServiceNotice]:
    """Return those that ended by themselves in the last month, the latest first."""
    rows = ServiceNotice.objects.filter(taken_down_at=None, ends_at__lte=now)
    return _latest(rows.filter(ends_at__gt=now - _RECENT))


def taken_down(now: datetime) -> list[ServiceNotice]:
    """Return those that somebody took down in the last month, for who may read a mistake again."""
    return _latest(ServiceNotice.objects.filter(taken_down_at__gt=now - _RECENT))


def _latest(rows: QuerySet[ServiceNotice]) -> list[ServiceNotice]:
    return list(rows.order_by("-starts_at", "-pk")[:_MOST_RECENT])


def find(number: int) -> ServiceNotice | None:
    """Return the notice of this number."""
    return ServiceNotice.objects.filter(pk=number).first()
