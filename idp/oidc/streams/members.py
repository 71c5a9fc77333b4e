"""What applications write about their streams, read member by member (SSF §8.1, RFC 8936 §2.2)."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django.conf import settings

from idp.models import EventStream
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.streams import answer, refusals
from idp.ssf.streams.rules import LONGEST_REASON, PUSH, Changes, Delivery

Value = TypeVar("Value")
Document = Mapping[str, Any]
_LONGEST_STATE: Final = 1000
_NAMES: Final[dict[type, str]] = {str: "a string", bool: "true or false", dict: "an object"}
# SSF §8.1.1: what we say of a stream. An application may repeat it, but not change it.
_OURS: Final = ("iss", "aud", "events_supported", "events_delivered", "min_verification_interval")


def changes(document: Document) -> Changes:
    """Return what is said of the stream; what is not, is None."""
    delivery = _optional(document, "delivery", dict)
    return Changes(
        _delivery(delivery) if delivery is not None else None,
        _events(document),
        _optional(document, "description", str),
    )


def check_ours(document: Document, stream: EventStream) -> None:
    """Refuse a document that says otherwise what is ours to say (SSF §8.1.1.3, §8.1.1.4).

    Raises:
        ProtocolError: invalid_request.
    """
    now = answer.configuration(stream)
    for name in _OURS:
        if name in document and not _is_same(document[name], now[name]):
            raise unfit(
                name=name,
                public=f"The member {name} is not the provider's own value: leave it out.",
            )


def check_stream(named: object, stream: EventStream | None) -> EventStream:
    """Return the application's stream, if that is what is named.

    Raises:
        ProtocolError: 404.
    """
    if stream is None or named != str(stream.pk):
        raise refusals.unknown_stream()
    return stream


def status(document: Document) -> tuple[EventStream.Status, str]:
    """Return the status that is asked for, and why (SSF §8.1.2.2)."""
    named, reason = required(document, "status", str), _optional(document, "reason", str) or ""
    if named not in EventStream.Status.values:
        words = f"The member status must be one of: {', '.join(EventStream.Status.values)}."
        raise unfit(name="status", public=words)
    if len(reason) > LONGEST_REASON:
        raise unfit(
            name="reason", public=f"The member reason is longer than {LONGEST_REASON} characters."
        )
    return EventStream.Status(named), reason


def state(document: Document) -> str | None:
    """Return what a verification event is to repeat (SSF §8.1.4.2)."""
    found = _optional(document, "state", str)
    if found is not None and len(found) > _LONGEST_STATE:
        raise unfit(
            name="state", public=f"The member state is longer than {_LONGEST_STATE} characters."
        )
    return found


def subject(document: Document) -> str | None:
    """Return the `sub` that is meant (RFC 9493 §3.2.4), None where we know nobody by such a name.

    Every other way to name a person is passed over in silence: an answer that told whether
    somebody has an account would tell it to whoever asks (SSF §9.1).
    """
    _optional(document, "verified", bool)
    named = required(document, "subject", dict)
    if required(named, "format", str) != "iss_sub":
        return None
    issuer, found = required(named, "iss", str), required(named, "sub", str)
    return found if issuer == settings.ISSUER else None


def required(document: Document, name: str, kind: type[Value]) -> Value:
    """Return a member that must be there.

    Raises:
        ProtocolError: invalid_request; it is missing, or of another kind.
    """
    found = _optional(document, name, kind)
    if found is None:
        raise unfit(name=name, public=f"The member {name} is missing.")
    return found


def unfit(*, name: str, public: str) -> ProtocolError:
    """Return the refusal of a member."""
    return ProtocolError(
        ErrorCode.INVALID_REQUEST,
        public,
        detail=f"unfit_{name}",
        parameter=name,
        section="OpenID SSF §8.1",
    )


def _optional(document: Document, name: str, kind: type[Value]) -> Value | None:
    found = document.get(name)
    if found is None or isinstance(found, kind):
        return found
    raise unfit(name=name, public=f"The member {name} must be {_NAMES[kind]}.")


def _delivery(document: Document) -> Delivery:
    method = required(document, "method", str)
    endpoint = _optional(document, "endpoint_url", str) or ""
    if method != PUSH:
        if endpoint and endpoint != answer.poll_endpoint():
            raise unfit(
                name="endpoint_url", public="The address of a poll is the provider's: leave it out."
            )
        return Delivery(method)
    return Delivery(method, endpoint, _optional(document, "authorization_header", str) or "")


def _events(document: Document) -> tuple[str, ...] | None:
    found = document.get("events_requested")
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(uri, str) for uri in found):
        raise unfit(
            name="events_requested", public="The member events_requested must be a list of strings."
        )
    return tuple(dict.fromkeys(found))


def _is_same(said: object, ours: object) -> bool:
    if isinstance(ours, list):
        # Their order says nothing.
        return (
            isinstance(said, list) and len(said) == len(ours) and all(uri in ours for uri in said)
        )
    return said in (ours, [ours])
