"""Hands events to the worker."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from idp.models import EventStream, SecurityEvent
from idp.ssf.push import jobs, sending

State = SecurityEvent.State


def first_try(event: SecurityEvent, now: datetime) -> datetime | None:
    """Return when an event that is queued now is first pushed; None if it is held, or fetched."""
    return None if sending.is_held(event) else now


def enqueue(events: Iterable[SecurityEvent]) -> None:
    """Give each of these a job that has a time to be tried; call it in their transaction."""
    for event in events:
        if event.next_try_at is not None:
            jobs.push.enqueue(str(event.pk))


@transaction.atomic
def resume(*, stream: EventStream) -> None:
    """Push what was held while the stream was paused; those that have a job keep theirs."""
    if stream.status != EventStream.Status.ENABLED or stream.method != EventStream.Method.PUSH:
        return
    now = timezone.now()
    waiting = stream.events.filter(state=State.QUEUED, next_try_at=None, expires_at__gt=now)
    held = list(waiting.select_for_update(no_key=True).order_by("created_at"))
    for event in held:
        event.next_try_at = now
    SecurityEvent.objects.bulk_update(held, ["next_try_at"])
    enqueue(held)
