"""Why a stream is refused, for the developer of its application (OpenID SSF §8.1)."""

from typing import Final

from accounts.security.outgoing.rules import UrlProblem
from clients.applications.keys.wording import KEYS_PROBLEMS
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.ssf.streams.rules import (
    LONGEST_HEADER,
    LONGEST_URI,
    MOST_EVENTS,
    POLL,
    PUSH,
    Problem,
    StreamProblem,
)

_PROBLEMS: Final[dict[StreamProblem, tuple[str, str]]] = {
    StreamProblem.METHOD: ("delivery", f"The delivery method must be {PUSH} or {POLL}."),
    StreamProblem.NO_ENDPOINT: ("delivery", "To be pushed to, give an endpoint_url."),
    StreamProblem.HEADER: (
        "authorization_header",
        f"The authorization_header must be at most {LONGEST_HEADER} printable characters of ASCII.",
    ),
    StreamProblem.TOO_MANY_EVENTS: (
        "events_requested",
        f"Ask for at most {MOST_EVENTS} kinds of event.",
    ),
    StreamProblem.EVENT_TOO_LONG: (
        "events_requested",
        f"The URI of an event is longer than {LONGEST_URI} characters.",
    ),
}


def unfit(problem: Problem) -> ProtocolError:
    """Return the refusal of a configuration."""
    if isinstance(problem, UrlProblem):
        return _refusal(f"endpoint_url: {KEYS_PROBLEMS[problem]}.", problem, "endpoint_url")
    member, words = _PROBLEMS[problem]
    return _refusal(words, problem, member)


def exists() -> ProtocolError:
    """Return the refusal of a second stream (§8.1.1.1)."""
    return _refusal("The application has a stream already.", "stream_exists", status=409)


def unknown_stream() -> ProtocolError:
    """Return the refusal of a stream that the application does not have.

    Whether another has it is not told.
    """
    words = "This application has no stream of this stream_id."
    return _refusal(words, "unknown_stream", "stream_id", status=404)


def disabled() -> ProtocolError:
    """Return the refusal to try a stream that carries nothing."""
    return _refusal("The stream is disabled: enable it first.", "stream_disabled")


def held() -> ProtocolError:
    """Return the refusal to enable or delete a stream that an operator stopped (§8.1.2.2)."""
    words = "The provider stopped this stream, for the reason in its status. Ask it to resume."
    return _refusal(words, "stream_held", status=403)


def not_polled() -> ProtocolError:
    """Return the refusal of a poll where events are pushed."""
    words = "The application has no stream that is polled."
    return _refusal(words, "no_stream_to_poll", status=404)


def too_many(seconds: int) -> ProtocolError:
    """Return "try later" (§8.1.3.2, §8.1.4.2)."""
    return ProtocolError(
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        "Too many requests. Wait for as long as Retry-After says.",
        detail="limited_stream",
        status=429,
        headers={"Retry-After": str(seconds)},
        section="OpenID SSF §8.1.4.2",
    )


def _refusal(public: str, detail: str, parameter: str = "", *, status: int = 400) -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST,
        public,
        detail=detail,
        status=status,
        parameter=parameter,
        section="OpenID SSF §8.1.1",
    )
