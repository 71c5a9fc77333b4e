"""Hands events out, and notes which were taken or refused."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least
from django.utils import timezone

from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType

State = SecurityEvent.State
# What the column holds, however often somebody fetches and never acknowledges.
_MOST_TRIES: Final = 32_000


@dataclass(frozen=True)
class Handed:
    """What a poll gets, in the order in which it happened, and whether there is more."""

    events: tuple[SecurityEvent, ...]
    more: bool


@transaction.atomic
def acknowledge(
    *, stream: EventStream, taken: Collection[UUID], refused: Mapping[UUID, str]
) -> None:
    """Note events that the application has, or will not have, with its error (RFC 8936 §2.4).

    What is not queued in this stream changes nothing: it may have been acknowledged before.
    """
    now = timezone.now()
    queued = stream.events.filter(state=State.QUEUED)
    if taken:
        queued.filter(pk__in=taken).update(state=State.DELIVERED, done_at=now)
    by_error = defaultdict(list)
    for event, error in refused.items():
        by_error[error].append(event)
    for error, events in by_error.items():
        rows = queued.filter(pk__in=events)
        rows.update(state=State.REFUSED, last_error=error, done_at=now)


@transaction.atomic
def hand_out(*, stream: EventStream, most: int) -> Handed:
    """Return at most so many events that wait, those first that were never handed out.

    Each comes again, behind the others, until it was acknowledged: an answer may have been lost.
    A stream that is not enabled hands out nothing (SSF §8.1.2.1) but that it was stopped.
    """
    # One more than asked for tells whether there is more (RFC 8936 §2.3).
    rows = list(_waiting(stream)[: most + 1])
    handed = rows[:most]
    if handed:
        tries = Least(F("tries") + 1, _MOST_TRIES)
        ids = [event.pk for event in handed]
        stream.events.filter(pk__in=ids).update(tries=tries, tried_at=timezone.now())
    return Handed(tuple(sorted(handed, key=lambda event: event.created_at)), len(rows) > most)


def _waiting(stream: EventStream) -> QuerySet[SecurityEvent]:
    rows = SecurityEvent.objects.filter(
        stream=stream, state=State.QUEUED, expires_at__gt=timezone.now()
    )
    if stream.status != EventStream.Status.ENABLED:
        # §8.1.5: whoever stops a stream unasked tells its receiver.
        rows = rows.filter(event_type=EventType.STREAM_UPDATED.uri)
    return rows.order_by("tries", "created_at")
