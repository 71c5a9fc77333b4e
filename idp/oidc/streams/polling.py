"""Where an application fetches its events (RFC 8936)."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from idp.keys import queries as keys
from idp.keys.queries import NoSigningKeyError
from idp.models import EventStream, SecurityEvent
from idp.oidc import cors, json_body
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.refusals import cannot_sign
from idp.oidc.streams import authorization, refusals
from idp.oidc.streams.authorization import Receiver
from idp.oidc.streams.views import LONGEST_BODY
from idp.ssf import security_event_token
from idp.ssf.polling import operations
from idp.ssf.streams import queries

# What one answer holds at most, whatever is asked for (§2.2).
MOST_EVENTS: Final = 50
_SECTION: Final = "RFC 8936 §2.2"
# Codes of the IANA registry of security event token errors, and SSF's own. Others become one word:
# what a partner writes is not kept.
_ERRORS: Final = frozenset(
    {
        *("access_denied", "authentication_failed", "invalid_audience", "invalid_issuer"),
        *("invalid_key", "invalid_request", "invalid_state"),
    }
)


@endpoint("ssf/poll", "POST", reach=cors.Reach.NOBODY)
def poll(request: MachineRequest) -> HttpResponse:
    """Take acknowledgements, and return events that wait.

    At once, also where `returnImmediately` is false: a connection held open would hold a process.
    How long a long poll lasts is ours to say (§2.2): no time.
    """
    receiver = authorization.reading(request)
    stream = _polled(receiver)
    document = json_body.read(request, longest=LONGEST_BODY, section=_SECTION)
    most = _most(document)
    if not isinstance(document.get("returnImmediately", False), bool):
        raise _unfit(name="returnImmediately", why="must be true or false")
    taken, refused = _acknowledged(document), _refused(document)
    if taken or refused:
        operations.acknowledge(stream=stream, taken=taken, refused=refused)
    handed = operations.hand_out(stream=stream, most=most)
    sets = _signed(handed.events, stream, receiver)
    return never_stored(JsonResponse({"sets": sets, "moreAvailable": handed.more}))


def _polled(receiver: Receiver) -> EventStream:
    stream = queries.of(receiver.application)
    if stream is None or stream.method != EventStream.Method.POLL:
        raise refusals.not_polled()
    return stream


def _signed(
    events: Collection[SecurityEvent], stream: EventStream, receiver: Receiver
) -> dict[str, str]:
    if not events:
        return {}
    try:
        key = keys.signing_key_read(receiver.signing_kid, receiver.application.algorithm)
    except NoSigningKeyError as error:
        raise cannot_sign() from error

    for event in events:
        event.stream = stream
    return {str(event.pk): security_event_token.make(event, key=key) for event in events}


def _most(document: dict[str, Any]) -> int:
    wanted = document.get("maxEvents", MOST_EVENTS)
    # True is an int in this language, and in no other.
    if not isinstance(wanted, int) or isinstance(wanted, bool) or wanted < 0:
        raise _unfit(name="maxEvents", why="must be a whole number, 0 or more")
    return min(wanted, MOST_EVENTS)


def _acknowledged(document: dict[str, Any]) -> set[UUID]:
    listed = document.get("ack", [])
    if not isinstance(listed, list) or not all(isinstance(jti, str) for jti in listed):
        raise _unfit(name="ack", why="must be a list of strings")
    return {found for jti in listed if (found := _id(jti)) is not None}


def _refused(document: dict[str, Any]) -> dict[UUID, str]:
    """Return which events were refused, each with its error (§2.4)."""
    found: dict[UUID, str] = {}
    errors = document.get("setErrs", {})
    if not isinstance(errors, dict):
        raise _unfit(name="setErrs", why="must be an object")
    for jti, error in errors.items():
        if not isinstance(error, dict) or not isinstance(error.get("err"), str):
            raise _unfit(name="setErrs", why="must have an object with err for each event")
        if (event := _id(jti)) is not None:
            found[event] = error["err"] if error["err"] in _ERRORS else "other"
    return found


def _id(jti: str) -> UUID | None:
    """Return the event's id; what is none of ours is nobody's."""
    try:
        return UUID(jti)
    except ValueError:
        return None


def _unfit(*, name: str, why: str) -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST,
        f"The member {name} {why}.",
        detail=f"unfit_{name}",
        parameter=name,
        section=_SECTION,
    )
