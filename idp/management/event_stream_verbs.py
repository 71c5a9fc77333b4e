"""`manage.py event_stream VERB`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from clients.applications import queries as applications
from idp.models import EventStream, SecurityEvent
from idp.ssf import queries
from idp.ssf.rules import KEPT
from idp.ssf.streams import operations

Status = EventStream.Status
_HOURS_KEPT: Final = int(KEPT.total_seconds()) // 3600


def _found(reference: str) -> EventStream:
    application = applications.find(reference)
    if application is None:
        message = f"There is no application {reference!r}: see application list"
        raise Refused(message)
    stream = queries.live_streams().filter(application=application).first()
    if stream is None:
        message = f"{reference} has no stream of events: its software makes it, at /ssf/stream"
        raise Refused(message)
    return stream


def _listed(_: Options) -> Outcome:
    return Outcome([_row(stream) for stream in queries.live_streams()])


def _shown(options: Options) -> Outcome:
    stream = _found(options["application"])
    newest = queries.newest_events(stream)[: options["limit"]]
    return Outcome({**_row(stream), "last_events": [_event(event) for event in newest]})


def _set(status: Status) -> Callable[[Options], Outcome]:
    def run(options: Options) -> Outcome:
        stream = _found(options["application"])
        reason = options.get("reason") or ""
        operations.stop_or_go_on(stream=stream, status=status, reason=reason, by=OPERATOR)
        return Outcome(_row(_found(options["application"])))

    return run


def _replayed(options: Options) -> Outcome:
    stream = _found(options["application"])
    since = timezone.now() - timedelta(hours=options["hours"])
    count = operations.replay(stream=stream, since=since, by=OPERATOR)
    return Outcome({**_row(_found(options["application"])), "sent_again": count})


def _row(stream: EventStream) -> Row:
    return {
        "application": stream.application.slug,
        "method": stream.get_method_display(),
        "endpoint": stream.endpoint_url,
        "status": stream.status,
        "reason": stream.status_reason,
        "kinds": len(stream.events_delivered),
        **{state.value: count for state, count in queries.counts(stream).items()},
    }


def _event(event: SecurityEvent) -> Row:
    return {
        "jti": event.pk,
        "kind": event.event_type,
        "state": event.state,
        "queued_at": event.created_at,
        "tries": event.tries,
        "tried_at": event.tried_at,
        "next_try_at": event.next_try_at,
        "last_status": event.last_status,
        "last_error": event.last_error,
        "done_at": event.done_at,
        "expires_at": event.expires_at,
    }


_APPLICATION: Final = argument("application", help="its short name or client_id")

VERBS: Final = (
    Verb("list", "List the streams, with how many events came to what.", _listed),
    Verb(
        "show",
        "Show a stream and what came of its last events; of whom they tell is not shown.",
        _shown,
        (
            _APPLICATION,
            argument("--limit", type=int, default=20, help="so many events; 20"),
        ),
    ),
    Verb(
        "pause",
        "Send nothing until it is resumed here; what happens meanwhile is kept. Its software is "
        "told, and cannot let it go on.",
        _set(Status.PAUSED),
        (_APPLICATION, argument("--reason", required=True, help="for its developers")),
    ),
    Verb("resume", "Go on, with what was kept.", _set(Status.ENABLED), (_APPLICATION,)),
    Verb(
        "replay",
        "Send again what was queued in the last hours, whatever came of it.",
        _replayed,
        (
            _APPLICATION,
            argument(
                "--hours", type=int, default=_HOURS_KEPT, help=f"so many; {_HOURS_KEPT}, all kept"
            ),
        ),
    ),
)
