"""Reads streams."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import (
    Consent,
    EventStream,
    PairwiseSubject,
    Participant,
    RemovedSubject,
    SecurityEvent,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        subject: str

    Told: TypeAlias = WithAnnotations[EventStream, _Columns]
    Part: TypeAlias = WithAnnotations[Participant, _Columns]


def streams_about(
    account: Account, *, application: Application | None, former_too: bool
) -> "QuerySet[Told]":
    """Return the streams that carry news of the account, each with its name there, in one go.

    A paused one does: its events wait. A disabled one holds none for later (SSF §8.1.2.1).
    """
    subjects = PairwiseSubject.objects.filter(
        account=account, sector_identifier=OuterRef("application__sector_identifier")
    )
    agreed = Consent.objects.filter(account=account, application=OuterRef("application"))
    if not former_too:
        now = timezone.now()
        agreed = agreed.filter(superseded_at=None, withdrawn_at=None, expires_at__gt=now)
    removed = RemovedSubject.objects.filter(stream=OuterRef("pk"), account=account)
    rows = EventStream.objects.filter(
        Exists(agreed), ended_at=None, application__receives_events=True
    ).exclude(Exists(removed))
    if application is not None:
        rows = rows.filter(application=application)
    return (
        rows.exclude(status=EventStream.Status.DISABLED)
        .annotate(subject=Subquery(subjects.values("subject")[:1]))
        .filter(subject__isnull=False)
    )


def live_streams() -> QuerySet[EventStream]:
    """Return the streams that were not deleted, by the names of their applications."""
    rows = EventStream.objects.filter(ended_at=None).select_related("application")
    return rows.order_by("application__slug")


def newest_events(stream: EventStream) -> QuerySet[SecurityEvent]:
    """Return the stream's events that are still on record, the newest first."""
    return stream.events.order_by("-created_at", "-pk")


def counts(stream: EventStream) -> dict[SecurityEvent.State, int]:
    """Return how many of the stream's events are in each state."""
    found = dict(stream.events.values_list("state").annotate(count=Count("pk")))
    return {state: found.get(state, 0) for state in SecurityEvent.State}


def parts_heard_of(which: Q) -> "list[Part]":
    """Return these participants whose applications may hear of their accounts, with its `sub`."""
    subjects = PairwiseSubject.objects.filter(
        account=OuterRef("session__account"),
        sector_identifier=OuterRef("application__sector_identifier"),
    )
    removed = RemovedSubject.objects.filter(
        stream__application=OuterRef("application"),
        stream__ended_at=None,
        account=OuterRef("session__account"),
    )
    rows = Participant.objects.filter(which, application__receives_events=True)
    named = rows.annotate(subject=Subquery(subjects.values("subject")[:1]))
    heard_of = named.filter(subject__isnull=False).exclude(Exists(removed))
    return list(heard_of.select_related("session").order_by("pk"))


def streams_of(applications: Collection[int]) -> dict[int, EventStream]:
    """Return the live streams of these applications that take events, by the application."""
    if not applications:
        return {}
    rows = EventStream.objects.filter(application__in=applications, ended_at=None)
    live = rows.exclude(status=EventStream.Status.DISABLED)
    return {stream.application_id: stream for stream in live}


def events_about(
    account: Account, application: Application, *, since: datetime, uris: Collection[str]
) -> QuerySet[SecurityEvent]:
    """Return the application's events of these kinds about the account, the oldest first."""
    rows = SecurityEvent.objects.filter(account=account, stream__application=application)
    return rows.filter(event_type__in=uris, created_at__gte=since).order_by("created_at")


def waiting_in(streams: Iterable[EventStream]) -> dict[UUID, int]:
    """Return how many events wait in each of these streams, by its id; 0 is left out."""
    # Nobody writes down that the time of what is held, or waits to be fetched, is up.
    rows = SecurityEvent.objects.filter(
        stream__in=streams, state=SecurityEvent.State.QUEUED, expires_at__gt=timezone.now()
    )
    return dict(rows.values_list("stream").annotate(count=Count("pk")))
