"""Hands events to the worker."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.notices.queries import with_a_job
from idp.models import EventStream, SecurityEvent
from idp.ssf.push import jobs, rules, sending, window

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
    """Begin to push what waits without a job, as after a pause; those that have one keep theirs."""
    enqueue(window.let_go(stream=stream))


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give each event that no job will push, as after a worker was killed, a new one; count."""
    due = SecurityEvent.objects.filter(state=State.QUEUED, next_try_at__lte=now - rules.LOST_AFTER)
    waiting = [str(pk) for pk in due.order_by("created_at").values_list("pk", flat=True)]
    busy = with_a_job(jobs.push.module_path, begun_after=now - rules.LOST_AFTER)
    lost = [event_id for event_id in waiting if event_id not in busy]
    for event_id in lost:
        jobs.push.enqueue(event_id)
    # And whatever waits for one whose end nobody heard of.
    for stream in EventStream.objects.filter(ended_at=None):
        resume(stream=stream)
    return len(lost)
