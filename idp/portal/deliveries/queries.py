"""Reads what an application was told, by key and by index."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from clients.models import Application
from idp.models import Delivery, EventStream, SecurityEvent

ON_A_PAGE: Final = 20


@dataclass(frozen=True)
class Place:
    """A message that the next page begins after."""

    at: datetime
    number: UUID

    def __str__(self) -> str:
        # With Z for UTC: a + in an address would have to be escaped.
        at = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return f"{at}_{self.number}"


def place(text: str) -> Place | None:
    """Return the place that an address names, None for anything else."""
    at, _mark, number = text.partition("_")
    try:
        found = Place(datetime.fromisoformat(at), UUID(number))
    except ValueError:
        return None
    return found if found.at.tzinfo is not None else None


def sign_outs(application: Application, *, after: Place | None = None) -> QuerySet[Delivery]:
    """Return the logout tokens for the application, newest first."""
    return _newest(Delivery.objects.filter(application=application), after)


def events(application: Application, *, after: Place | None = None) -> QuerySet[SecurityEvent]:
    """Return the events of the application's stream, newest first."""
    stream = EventStream.objects.filter(application=application, ended_at=None)
    # An application has one stream at most: by its number the newest are found by index.
    number = stream.values_list("pk", flat=True).first()
    rows = SecurityEvent.objects.filter(stream=number).select_related("stream__application")
    return _newest(rows, after)


def _newest(rows: QuerySet[Any], after: Place | None) -> QuerySet[Any]:
    if after is not None:
        rows = rows.filter(created_at__lte=after.at)
        earlier = Q(created_at__lt=after.at)
        rows = rows.filter(earlier | Q(created_at=after.at, pk__lt=after.number))
    return rows.order_by("-created_at", "-pk")
