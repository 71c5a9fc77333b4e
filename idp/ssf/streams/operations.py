"""Writes streams, and who is taken out of one."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.security import encryption
from clients.models import Application
from idp.models import EventStream, RemovedSubject, SecurityEvent
from idp.ssf import operations as events
from idp.ssf.event_types import EventType, supported
from idp.ssf.push import operations as push
from idp.ssf.rules import BETWEEN_VERIFICATIONS
from idp.ssf.streams.rules import (
    LONGEST_DESCRIPTION,
    PUSH,
    UNSAID,
    Changes,
    Delivery,
    Problem,
    delivered,
    problem,
)

Status = EventStream.Status


class StreamRefusedError(Exception):
    """What was said of a stream is unfit."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found)
        self.problem = found


class StreamExistsError(Exception):
    """The application has a stream already."""


class StreamGoneError(Exception):
    """The stream was deleted at this moment."""


class TooSoonError(Exception):
    """A verification was asked for a moment ago."""


class StreamDisabledError(Exception):
    """The stream is disabled, and carries nothing."""


class StreamHeldError(Exception):
    """An operator stopped the stream: its application lets it not go on, nor makes another."""


@transaction.atomic
def create(*, application: Application, wanted: Changes, by: Actor) -> EventStream:
    """Create the application's one stream, enabled.

    Raises:
        StreamRefusedError: the configuration is unfit.
        StreamExistsError: it has one.
    """
    stream = EventStream(application=application, **_columns(wanted.over(UNSAID)))
    try:
        with transaction.atomic():
            stream.save(force_insert=True)
    except IntegrityError as error:
        raise StreamExistsError from error
    _record(Event.EVENT_STREAM_CREATED, stream, by)
    return stream


@transaction.atomic
def change(*, stream: EventStream, wanted: Changes, by: Actor) -> EventStream:
    """Change what the application says of its stream; what is queued goes the new way.

    Raises:
        StreamRefusedError: the configuration is unfit.
        StreamGoneError: it was deleted.
    """
    locked = _locked(stream)
    columns = _columns(wanted)
    for column, value in columns.items():
        setattr(locked, column, value)
    locked.save(update_fields=[*columns, "updated_at"])
    push.resume(stream=locked)
    _record(Event.EVENT_STREAM_CHANGED, locked, by)
    return locked


@transaction.atomic
def set_status(*, stream: EventStream, status: Status, reason: str, by: Actor) -> EventStream:
    """Enable, pause or disable the stream, as its application wishes.

    Raises:
        StreamGoneError: it was deleted.
        StreamHeldError: an operator stopped it, and it is to go on.
    """
    locked = _locked(stream)
    if not locked.is_held:
        return _set_status(locked, status, reason, by)
    if status == Status.ENABLED:
        raise StreamHeldError
    # It may want less still. Why it was stopped stays to be read.
    return _set_status(locked, status, locked.status_reason, by)


@transaction.atomic
def stop_or_go_on(*, stream: EventStream, status: Status, reason: str, by: Actor) -> None:
    """Pause or enable the stream without having been asked, and tell the receiver (SSF §8.1.5).

    What was stopped so goes on so alone, or a receiver that we do not want to ask at the moment
    would let itself be asked again.

    Raises:
        StreamGoneError: it was deleted.
    """
    body = {"status": status.value, **({"reason": reason} if reason else {})}
    events.queue_of_stream(stream=stream, kind=EventType.STREAM_UPDATED, body=body)
    locked = _locked(stream)
    locked.is_held = status != Status.ENABLED
    _set_status(locked, status, reason, by)


@transaction.atomic
def replay(*, stream: EventStream, since: datetime, by: Actor) -> int:
    """Send again all that was queued since then and whose time is not up; return how many.

    Raises:
        StreamGoneError: it was deleted.
    """
    locked = _locked(stream)
    done = locked.events.filter(created_at__gte=since, expires_at__gt=timezone.now())
    rows = done.exclude(state=SecurityEvent.State.QUEUED).select_for_update(no_key=True)
    again = SecurityEvent.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    count = again.update(
        state=SecurityEvent.State.QUEUED, tries=0, tried_at=None, next_try_at=None, done_at=None
    )
    push.resume(stream=locked)
    _record(Event.EVENT_STREAM_REPLAYED, locked, by, events=str(count))
    return count


@transaction.atomic
def send_again(*, event: SecurityEvent, by: Actor) -> bool:
    """Send one event again whose time is not up; False if it waits anyhow, or can go nowhere.

    Raises:
        StreamGoneError: its stream was deleted.
    """
    locked = _locked(event.stream)
    if locked.status == Status.DISABLED:
        return False
    rows = SecurityEvent.objects.filter(pk=event.pk, expires_at__gt=timezone.now())
    again = rows.exclude(state=SecurityEvent.State.QUEUED).update(
        state=SecurityEvent.State.QUEUED, tries=0, tried_at=None, next_try_at=None, done_at=None
    )
    if not again:
        return False
    push.resume(stream=locked)
    _record(Event.EVENT_STREAM_REPLAYED, locked, by, events="1")
    return True


@transaction.atomic
def end(*, stream: EventStream, by: Actor) -> None:
    """Delete the stream, for good: nothing more is sent.

    Raises:
        StreamGoneError: it was deleted already.
        StreamHeldError: an operator stopped it; the next one would not be.
    """
    locked = _locked(stream)
    if locked.is_held:
        raise StreamHeldError
    locked.ended_at = timezone.now()
    locked.status, locked.authorization_header = Status.DISABLED, ""
    locked.save(update_fields=["ended_at", "status", "authorization_header", "updated_at"])
    _drop_queued(locked)
    _record(Event.EVENT_STREAM_ENDED, locked, by)


@transaction.atomic
def remove_subject(*, stream: EventStream, account: Account, by: Actor) -> None:
    """Queue nothing more about the account; what is queued goes out (SSF §8.1.3.3)."""
    _row, is_new = RemovedSubject.objects.get_or_create(stream=stream, account=account)
    if is_new:
        _record(Event.STREAM_SUBJECT_REMOVED, stream, by, account=account)


@transaction.atomic
def add_subject(*, stream: EventStream, account: Account, by: Actor) -> None:
    """Queue news of the account again."""
    count, _ = RemovedSubject.objects.filter(stream=stream, account=account).delete()
    if count:
        _record(Event.STREAM_SUBJECT_ADDED, stream, by, account=account)


@transaction.atomic
def verify(*, stream: EventStream, state: str | None) -> SecurityEvent:
    """Queue a verification event that repeats the receiver's `state` (SSF §8.1.4.2).

    Raises:
        StreamDisabledError: it carries nothing.
        TooSoonError: the last one was asked for a moment ago.
    """
    if stream.status == Status.DISABLED:
        raise StreamDisabledError
    now = timezone.now()
    rested = Q(verification_asked_at=None) | Q(
        verification_asked_at__lte=now - BETWEEN_VERIFICATIONS
    )
    rows = EventStream.objects.filter(rested, pk=stream.pk, ended_at=None)
    # One statement: of twenty at once, one is let through.
    if not rows.update(verification_asked_at=now):
        raise TooSoonError
    body = {} if state is None else {"state": state}
    return events.queue_of_stream(stream=stream, kind=EventType.VERIFICATION, body=body)


def _columns(wanted: Changes) -> dict[str, object]:
    if found := problem(wanted, hosts_inside=settings.OUTGOING_ALLOW):
        raise StreamRefusedError(found)
    columns: dict[str, object] = {}
    if wanted.delivery is not None:
        columns |= _delivery_columns(wanted.delivery)
    if wanted.events_requested is not None:
        columns["events_requested"] = list(wanted.events_requested)
        columns["events_delivered"] = delivered(wanted.events_requested, supported=supported())
    if wanted.description is not None:
        columns["description"] = wanted.description[:LONGEST_DESCRIPTION]
    return columns


def _delivery_columns(delivery: Delivery) -> dict[str, object]:
    # A stream that is polled has no address to be told at, and nothing to show there.
    pushed = delivery if delivery.method == PUSH else Delivery()
    header = pushed.authorization_header
    return {
        "method": delivery.method,
        "endpoint_url": pushed.endpoint_url,
        "authorization_header": encryption.encrypt(header.encode()) if header else "",
    }


def _locked(stream: EventStream) -> EventStream:
    rows = EventStream.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("application").filter(pk=stream.pk, ended_at=None).first()
    if locked is None:
        raise StreamGoneError
    return locked


def _set_status(locked: EventStream, status: Status, reason: str, by: Actor) -> EventStream:
    """Set it; what a disabled one holds is dropped (SSF §8.1.2.1)."""
    locked.status, locked.status_reason = status, reason
    locked.save(update_fields=["status", "status_reason", "is_held", "updated_at"])
    if status == Status.DISABLED:
        _drop_queued(locked)
    push.resume(stream=locked)
    _record(Event.EVENT_STREAM_CHANGED, locked, by, status=status)
    return locked


def _drop_queued(stream: EventStream) -> None:
    queued = stream.events.filter(state=SecurityEvent.State.QUEUED)
    queued.update(state=SecurityEvent.State.DROPPED, next_try_at=None, done_at=timezone.now())


def _record(
    event: Event, stream: EventStream, by: Actor, *, account: Account | None = None, **detail: str
) -> None:
    about = About(
        account_id=account.pk if account else None,
        organisation_id=stream.application.organisation_id,
        application_id=stream.application.client_id,
        object_kind="event_stream",
        object_id=str(stream.pk),
        detail=detail,
    )
    record(event, by=by, about=about)
