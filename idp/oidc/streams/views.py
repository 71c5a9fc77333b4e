"""Where an application creates, reads, changes and deletes its stream (OpenID SSF §8.1)."""

from collections.abc import Callable
from math import ceil
from typing import Any, Final

from django.http import HttpResponse, JsonResponse

from accounts.audit.actor import application as actor
from accounts.limits.operations import hit
from accounts.limits.table import EVENT_STREAM_CHANGED, STREAM_SUBJECTS, Limit
from accounts.models import Account
from clients.models import Application
from idp.models import EventStream
from idp.oidc import cors, json_body
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored
from idp.oidc.parameters import query, required
from idp.oidc.streams import answer, authorization, members, refusals
from idp.oidc.subjects import account_known_as
from idp.ssf.rules import BETWEEN_VERIFICATIONS
from idp.ssf.streams import operations, queries
from idp.ssf.streams.operations import (
    StreamDisabledError,
    StreamExistsError,
    StreamGoneError,
    StreamHeldError,
    StreamRefusedError,
    TooSoonError,
)
from idp.ssf.streams.rules import UNSAID, Changes

LONGEST_BODY: Final = 16 * 1024
_SECTION: Final = "OpenID SSF §8.1"
Document = dict[str, Any]


@endpoint("ssf/stream", "GET", "POST", "PATCH", "PUT", "DELETE", reach=cors.Reach.NOBODY)
def stream(request: MachineRequest) -> HttpResponse:
    """Create, read, change or delete the stream of the application that asks (§8.1.1)."""
    return _METHODS[request.method or ""](request)


@endpoint("ssf/status", "GET", "POST", reach=cors.Reach.NOBODY)
def status(request: MachineRequest) -> HttpResponse:
    """Tell or set whether the stream carries anything at the moment (§8.1.2)."""
    if request.method != "POST":
        application = authorization.reading(request).application
        return _told(answer.status(_named(application, required(query(request), "stream_id"))))
    application = _changing(request, EVENT_STREAM_CHANGED)
    document = _document(request)
    found = _stream_in(document, application)
    wanted, reason = members.status(document)
    by = actor(application.client_id)
    try:
        now = operations.set_status(stream=found, status=wanted, reason=reason, by=by)
    except StreamGoneError as gone:
        raise refusals.unknown_stream() from gone
    except StreamHeldError as held:
        raise refusals.held() from held
    return _told(answer.status(now))


@endpoint("ssf/subjects/add", "POST", reach=cors.Reach.NOBODY)
def add_subject(request: MachineRequest) -> HttpResponse:
    """Let the stream carry news of somebody again (§8.1.3.2)."""
    application, found, account = _about_somebody(request)
    if account is not None:
        by = actor(application.client_id)
        operations.add_subject(stream=found, account=account, by=by)
    return never_stored(HttpResponse(status=200))


@endpoint("ssf/subjects/remove", "POST", reach=cors.Reach.NOBODY)
def remove_subject(request: MachineRequest) -> HttpResponse:
    """Let the stream carry no more news of somebody (§8.1.3.3)."""
    application, found, account = _about_somebody(request)
    if account is not None:
        by = actor(application.client_id)
        operations.remove_subject(stream=found, account=account, by=by)
    return _nothing()


@endpoint("ssf/verify", "POST", reach=cors.Reach.NOBODY)
def verify(request: MachineRequest) -> HttpResponse:
    """Send an event that shows that the stream works (§8.1.4.2)."""
    application = authorization.managing(request).application
    document = _document(request)
    found = _stream_in(document, application)
    try:
        operations.verify(stream=found, state=members.state(document))
    except TooSoonError as soon:
        raise refusals.too_many(ceil(BETWEEN_VERIFICATIONS.total_seconds())) from soon
    except StreamDisabledError as disabled:
        raise refusals.disabled() from disabled
    return _nothing()


def _read(request: MachineRequest) -> HttpResponse:
    application = authorization.reading(request).application
    found, named = queries.of(application), query(request).get("stream_id")
    if named is not None:
        return _told(answer.configuration(members.check_stream(named, found)))
    # §8.1.1.2: without a name, all there are.
    streams = [answer.configuration(found)] if found else []
    return never_stored(JsonResponse(streams, safe=False))


def _created(request: MachineRequest) -> HttpResponse:
    application = _changing(request, EVENT_STREAM_CHANGED)
    wanted, by = members.changes(_document(request)), actor(application.client_id)
    try:
        made = operations.create(application=application, wanted=wanted, by=by)
    except StreamRefusedError as refused:
        raise refusals.unfit(refused.problem) from refused
    except StreamExistsError as exists:
        raise refusals.exists() from exists
    return _told(answer.configuration(made), status=201)


def _changed(request: MachineRequest) -> HttpResponse:
    return _with_changes(request, members.changes)


def _replaced(request: MachineRequest) -> HttpResponse:
    # §8.1.1.4: what is missing is taken away.
    return _with_changes(request, lambda document: members.changes(document).over(UNSAID))


def _with_changes(request: MachineRequest, read: Callable[[Document], Changes]) -> HttpResponse:
    application = _changing(request, EVENT_STREAM_CHANGED)
    document = _document(request)
    found = _stream_in(document, application)
    members.check_ours(document, found)
    wanted, by = read(document), actor(application.client_id)
    try:
        now = operations.change(stream=found, wanted=wanted, by=by)
    except StreamRefusedError as refused:
        raise refusals.unfit(refused.problem) from refused
    except StreamGoneError as gone:
        raise refusals.unknown_stream() from gone
    return _told(answer.configuration(now))


def _ended(request: MachineRequest) -> HttpResponse:
    application = _changing(request, EVENT_STREAM_CHANGED)
    found = _named(application, required(query(request), "stream_id"))
    try:
        operations.end(stream=found, by=actor(application.client_id))
    except StreamGoneError as gone:
        raise refusals.unknown_stream() from gone
    except StreamHeldError as held:
        raise refusals.held() from held
    return _nothing()


_METHODS: Final[dict[str, Callable[[MachineRequest], HttpResponse]]] = {
    "GET": _read,
    "HEAD": _read,
    "POST": _created,
    "PATCH": _changed,
    "PUT": _replaced,
    "DELETE": _ended,
}


def _changing(request: MachineRequest, limit: Limit) -> Application:
    """Return who asks for a change, and count it."""
    application = authorization.managing(request).application
    verdict = hit(limit, application.client_id)
    if not verdict.allowed:
        raise refusals.too_many(ceil(verdict.wait.total_seconds()))
    return application


def _about_somebody(request: MachineRequest) -> tuple[Application, EventStream, Account | None]:
    """Return who asks, the stream, and the account that is meant, if the application knows one."""
    application = _changing(request, STREAM_SUBJECTS)
    document = _document(request)
    found = _stream_in(document, application)
    subject = members.subject(document)
    return application, found, account_known_as(subject, application) if subject else None


def _document(request: MachineRequest) -> Document:
    return json_body.read(request, longest=LONGEST_BODY, section=_SECTION)


def _stream_in(document: Document, application: Application) -> EventStream:
    return _named(application, members.required(document, "stream_id", str))


def _named(application: Application, named: str) -> EventStream:
    return members.check_stream(named, queries.of(application))


def _told(told: Document, *, status: int = 200) -> HttpResponse:
    return never_stored(JsonResponse(told, status=status))


def _nothing() -> HttpResponse:
    return never_stored(HttpResponse(status=204))
