"""How many of a stream's events have a job at once: the others wait without one.

An event without a job costs nothing, however long its receiver is down, and however many there are.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from idp.models import EventStream, SecurityEvent
from idp.ssf.push.rules import AT_ONCE, LEFT_ALONE_AT_MOST, LOST_AFTER

State = SecurityEvent.State


@transaction.atomic
def let_go(*, stream: EventStream, most: int = AT_ONCE) -> list[SecurityEvent]:
    """Return the oldest that wait without a job, now due, as many as there is room for.

    Call it where each gets its job.
    """
    if stream.status != EventStream.Status.ENABLED or stream.method != EventStream.Method.PUSH:
        return []
    now = timezone.now()
    queued = stream.events.filter(state=State.QUEUED, expires_at__gt=now)
    # One that failed, or waits behind one, may sleep for hours: it takes nobody's place.
    awake = {"next_try_at__gt": now - LOST_AFTER, "next_try_at__lte": now + LEFT_ALONE_AT_MOST}
    room = min(most, AT_ONCE - queued.filter(tries=0, **awake).count())
    if room <= 0:
        return []
    held = queued.filter(next_try_at=None).select_for_update(no_key=True)
    due = list(held.order_by("created_at")[:room])
    for event in due:
        event.next_try_at = now
    SecurityEvent.objects.bulk_update(due, ["next_try_at"])
    return due


def let_go_after(event_id: UUID) -> list[SecurityEvent]:
    """Return those that are due because of what came of this one."""
    rows = SecurityEvent.objects.select_related("stream")
    event = rows.filter(pk=event_id).first()
    if event is None:
        return []
    if event.state != State.QUEUED:
        return let_go(stream=event.stream)
    sleeps_until = event.next_try_at
    if sleeps_until is None or sleeps_until <= timezone.now() + LEFT_ALONE_AT_MOST:
        return []
    # It may be this event alone that the receiver cannot take: another is tried meanwhile.
    return let_go(stream=event.stream, most=1)
