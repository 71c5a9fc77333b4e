"""Hands events to the worker."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.notices.queries import with_a_job
from idp.models import EventStream, SecurityEvent
from idp.ssf.push import jobs, rules, sending

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


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give each event that no job will push, as after a worker was killed, a new one; count."""
    due = SecurityEvent.objects.filter(state=State.QUEUED, next_try_at__lte=now - rules.LOST_AFTER)
    waiting = [str(pk) for pk in due.order_by("created_at").values_list("pk", flat=True)]
    busy = with_a_job(jobs.push.module_path, begun_after=now - rules.LOST_AFTER)
    lost = [event_id for event_id in waiting if event_id not in busy]
    for event_id in lost:
        jobs.push.enqueue(event_id)
    return len(lost)
