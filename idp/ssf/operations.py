"""Writes what applications are told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import EventStream, SecurityEvent
from idp.ssf import queries
from idp.ssf.event_types import EventType
from idp.ssf.push import operations as push
from idp.ssf.rules import KEPT, MOST_WAITING

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
    return _insert([row for stream in told for row in _rows(stream, account, events, now)], now)


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
    event = SecurityEvent(
        stream=stream,
        event_type=kind.uri,
        body=dict(body),
        created_at=now,
        expires_at=now + KEPT,
    )
    return _insert([event], now)[0]


@transaction.atomic
def queue_of_sessions(*, which: Q, kind: EventType, body: Mapping[str, Any]) -> list[SecurityEvent]:
    """Queue this event about the part that each of these participants had in its session."""
    parts = queries.parts_heard_of(which)
    streams = queries.streams_of({part.application_id for part in parts})
    now = timezone.now()
    rows = [
        SecurityEvent(
            stream=streams[part.application_id],
            account_id=part.session.account_id,
            subject=part.subject,
            sid=part.sid,
            event_type=kind.uri,
            body=dict(body),
            created_at=now,
            expires_at=now + KEPT,
        )
        for part in parts
        if part.application_id in streams
        and kind.uri in streams[part.application_id].events_delivered
    ]
    return _insert(rows, now)


def _insert(rows: list[SecurityEvent], now: datetime) -> list[SecurityEvent]:
    """Write the rows, and hand the worker those that are pushed."""
    if not rows:
        return []
    waiting = queries.waiting_in({row.stream for row in rows})
    for row in rows:
        if waiting.get(row.stream_id, 0) >= MOST_WAITING:
            # A stream that is paused, or whose receiver is gone, must not fill the disk.
            row.state, row.done_at, row.last_error = SecurityEvent.State.DROPPED, now, "queue_full"
        else:
            row.next_try_at = push.first_try(row, now)
    queued = SecurityEvent.objects.bulk_create(rows)
    push.enqueue(queued)
    return queued
