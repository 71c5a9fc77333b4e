"""One try to push an event: sign anew, post, and note the answer (RFC 8935 §2)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.security import encryption
from accounts.security.outgoing.client import Fetched, post
from accounts.security.outgoing.refusals import OutgoingRefusedError
from idp.keys import queries as keys
from idp.keys.queries import NoSigningKeyError
from idp.models import EventStream, SecurityEvent
from idp.ssf import security_event_token
from idp.ssf.event_types import EventType
from idp.ssf.push import rules
from idp.ssf.push.rules import Reading, Verdict

State = SecurityEvent.State
Status = EventStream.Status
_STATES: Final = {Verdict.TAKEN: State.DELIVERED, Verdict.REFUSED: State.REFUSED}
_TOKEN: Final = "application/secevent+jwt"
_ERRORS: Final = "application/json"
_PATIENCE: Final = timedelta(seconds=5)
_LONGEST_ANSWER: Final = 16 * 1024


def send(event_id: UUID) -> datetime | None:
    """Push it if it is its turn, and return when to come back; None if no job is to come back.

    `next_try_at` is when its one job comes; without it the event waits until `window` lets it go.
    """
    now = timezone.now()
    event = _waiting(event_id)
    if event is None or event.next_try_at is None or event.next_try_at > now:
        return None
    if event.expires_at <= now:
        return _done(event, State.EXPIRED, error="expired")
    if not _is_wanted(event.stream):
        return _done(event, State.DROPPED, error="not_wanted")
    if is_held(event):
        return _hold(event)
    return _in_turn(event, now)


def _waiting(event_id: UUID) -> SecurityEvent | None:
    rows = SecurityEvent.objects.select_related("stream__application__organisation")
    return rows.filter(pk=event_id, state=State.QUEUED).first()


def _is_wanted(stream: EventStream) -> bool:
    application = stream.application
    return stream.ended_at is None and application.is_usable() and application.receives_events


def is_held(event: SecurityEvent) -> bool:
    """Say whether the event is not pushed now: its stream is stopped, or polled."""
    stream = event.stream
    if stream.method != EventStream.Method.PUSH:
        return True
    # SSF §8.1.5: that a stream is stopped is told before it is.
    is_about_the_stop = event.event_type == EventType.STREAM_UPDATED.uri
    return stream.status != Status.ENABLED and not is_about_the_stop


@transaction.atomic
def _hold(event: SecurityEvent) -> datetime | None:
    """Give up its job, unless the stream goes on at this very moment and counts on that."""
    rows = EventStream.objects.select_for_update(no_key=True)
    event.stream = rows.get(pk=event.stream_id)
    return _come_back(event, None if is_held(event) else timezone.now())


def _in_turn(event: SecurityEvent, now: datetime) -> datetime | None:
    """Push it, unless its receiver is left alone or something else comes first."""
    until = _left_alone_until(event, now)
    if until is not None:
        return _come_back(event, until if _is_next(event, until, now) else None)
    at = _after_earlier_ones(event, now)
    return _try(event) if at is None else _come_back(event, at)


def _left_alone_until(event: SecurityEvent, now: datetime) -> datetime | None:
    """Return until when the receiver gets nothing: it has just failed to take another."""
    failed = _others(event).filter(tries__gt=0).aggregate(tries=Max("tries"), at=Max("tried_at"))
    if failed["at"] is None:
        return None
    until = rules.left_alone_until(failed["tries"], failed["at"])
    return until if now < until < event.expires_at else None


def _is_next(event: SecurityEvent, until: datetime, now: datetime) -> bool:
    """Say whether this one comes back when the receiver is asked again: no other does by then.

    The others wait without a job: thousands would each come back again and again.
    """
    due = {"next_try_at__gt": now - rules.LOST_AFTER, "next_try_at__lte": until}
    return event.tries > 0 or not _others(event).filter(**due).exists()


def _after_earlier_ones(event: SecurityEvent, now: datetime) -> datetime | None:
    """Return when to come back because the same account's earlier events are told before.

    SSF §8.1.2.1: what is told of one account comes in the order in which it came about.
    """
    others = _others(event).filter(subject=event.subject, created_at__lt=event.created_at)
    due = others.filter(next_try_at__gt=now - rules.LOST_AFTER)
    last: datetime | None = due.aggregate(at=Max("next_try_at"))["at"]
    if last is not None:
        return max(last, now) + rules.AFTER_EARLIER_ONE
    if others.filter(next_try_at=None, expires_at__gt=now).exists():
        # As long as a receiver is left alone, so that one that waits without a job gets this place.
        return now + rules.LEFT_ALONE_AT_MOST + rules.AFTER_EARLIER_ONE
    return None


def _others(event: SecurityEvent) -> QuerySet[SecurityEvent]:
    rows = SecurityEvent.objects.filter(stream=event.stream, state=State.QUEUED)
    return rows.exclude(pk=event.pk)


def _try(event: SecurityEvent) -> datetime | None:
    try:
        answer = _ask(event)
    except NoSigningKeyError:
        return _note(event, Reading(Verdict.TRY_AGAIN, "no_signing_key"))
    except OutgoingRefusedError as refusal:
        return _note(event, Reading(Verdict.TRY_AGAIN, refusal.reason))
    return _note(event, rules.reading(answer.status, answer.body), status=answer.status)


def _ask(event: SecurityEvent) -> Fetched:
    stream = event.stream
    key = keys.signing_key(stream.application.algorithm)
    shown = stream.authorization_header
    return post(
        stream.endpoint_url,
        body=security_event_token.make(event, key=key).encode(),
        content_type=_TOKEN,
        accept=_ERRORS,
        authorization=encryption.decrypt(shown).decode() if shown else "",
        limit_bytes=_LONGEST_ANSWER,
        timeout=_PATIENCE,
    )


def _note(event: SecurityEvent, answer: Reading, *, status: int | None = None) -> datetime | None:
    """Note one try, and return when the next is due."""
    now = timezone.now()
    event.tries, event.tried_at, event.last_status = event.tries + 1, now, status
    if answer.verdict in _STATES:
        return _done(event, _STATES[answer.verdict], error=answer.error)
    event.last_error = answer.error
    at = rules.next_try(event.tries, now=now, expires_at=event.expires_at)
    if at is None:
        return _done(event, State.EXPIRED, error=answer.error)
    return _come_back(event, at)


def _done(event: SecurityEvent, state: SecurityEvent.State, *, error: str) -> datetime | None:
    """Note the end of an event; no job comes back."""
    event.state, event.done_at, event.last_error = state, timezone.now(), error
    return _come_back(event, None)


def _come_back(event: SecurityEvent, at: datetime | None) -> datetime | None:
    event.next_try_at = at
    # Only while it waits: it may have been dropped, with its stream, while the receiver answered.
    rows = SecurityEvent.objects.filter(pk=event.pk, state=State.QUEUED)
    rows.update(**{name: getattr(event, name) for name in _NOTED})
    return at


_NOTED: Final = (
    "tries",
    "tried_at",
    "last_status",
    "last_error",
    "next_try_at",
    "state",
    "done_at",
)
