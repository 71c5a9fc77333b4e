"""Writes what applications are told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import EventStream, SecurityEvent
from idp.ssf import queries
from idp.ssf.event_types import EventType
from idp.ssf.rules import KEPT

# What one act caused: each kind of event with the object that stands under its URI.
Events: TypeAlias = Mapping[EventType, Mapping[str, Any]]


@transaction.atomic
def queue(
    *,
    account: Account,
    events: Events,
    application: Application | None = None,
    former_too: bool = False,
) -> list[SecurityEvent]:
    """Queue these events for each stream whose application knows the account and asked for them.

    An application knows it while it has an agreement; `former_too` tells also those that had one.
    With `application` no other is told.
    """
    told = queries.streams_about(account, application=application, former_too=former_too)
    now = timezone.now()
    rows = [row for stream in told for row in _rows(stream, account, events, now)]
    return SecurityEvent.objects.bulk_create(rows)


def _rows(
    stream: "queries.Told", account: Account, events: Events, now: datetime
) -> Iterable[SecurityEvent]:
    txn = uuid4()
    for kind, body in events.items():
        if kind.uri in stream.events_delivered:
            yield SecurityEvent(
                stream=stream,
                account=account,
                subject=stream.subject,
                event_type=kind.uri,
                body=dict(body),
                txn=txn,
                created_at=now,
                expires_at=now + KEPT,
            )


@transaction.atomic
def queue_of_stream(
    *, stream: EventStream, kind: EventType, body: Mapping[str, Any]
) -> SecurityEvent:
    """Queue an event whose subject is the stream itself, whatever it asked for (SSF §8.1.4)."""
    now = timezone.now()
    return SecurityEvent.objects.create(
        stream=stream,
        event_type=kind.uri,
        body=dict(body),
        created_at=now,
        expires_at=now + KEPT,
    )
