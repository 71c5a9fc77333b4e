"""What an application may say of its stream (SSF §8.1.1)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from accounts.security.outgoing.rules import UrlProblem, url_problem

PUSH, POLL = "urn:ietf:rfc:8935", "urn:ietf:rfc:8936"
MOST_EVENTS: Final = 50
LONGEST_URI: Final = 200
# What is longer is cut (SSF §8.1.1), or refused where it may carry a meaning.
LONGEST_DESCRIPTION: Final = 300
LONGEST_REASON: Final = 300
LONGEST_HEADER: Final = 2000
# RFC 9110 §5.5, without what could end the header and begin another.
_HEADER: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class StreamProblem(StrEnum):
    """Why what is said of a stream is refused, beyond its address."""

    METHOD = "delivery_method"
    NO_ENDPOINT = "no_endpoint"
    HEADER = "authorization_header"
    TOO_MANY_EVENTS = "too_many_events"
    EVENT_TOO_LONG = "event_too_long"


Problem = StreamProblem | UrlProblem


@dataclass(frozen=True)
class Delivery:
    """How events reach the application; an empty header is none."""

    method: str = POLL
    endpoint_url: str = ""
    authorization_header: str = field(default="", repr=False)


@dataclass(frozen=True)
class Changes:
    """What an application says of its stream; None leaves a part as it is."""

    delivery: Delivery | None = None
    events_requested: tuple[str, ...] | None = None
    description: str | None = None

    def over(self, others: "Changes") -> "Changes":
        """Return these, and the others where these say nothing."""
        return replace(
            others, **{part: said for part, said in vars(self).items() if said is not None}
        )


# What a stream is like of which nothing is said (SSF §8.1.1.1).
UNSAID: Final = Changes(Delivery(), (), "")


def problem(wanted: Changes, *, hosts_inside: Collection[str]) -> Problem | None:
    """Return why this is refused, if so; `hosts_inside` may be asked all the same."""
    found = _delivery_problem(wanted.delivery, hosts_inside) if wanted.delivery else None
    return found or _events_problem(wanted.events_requested or ())


def delivered(requested: Iterable[str], *, supported: Iterable[str]) -> list[str]:
    """Return which kinds of event are sent: what it asks for, of what there is (SSF §8.1.1)."""
    wanted = set(requested)
    return [uri for uri in supported if uri in wanted]


def _delivery_problem(delivery: Delivery, hosts_inside: Collection[str]) -> Problem | None:
    if delivery.method not in {PUSH, POLL}:
        return StreamProblem.METHOD
    if delivery.method == POLL:
        return None
    if not delivery.endpoint_url:
        return StreamProblem.NO_ENDPOINT
    header = delivery.authorization_header
    if header and (len(header) > LONGEST_HEADER or not _HEADER.fullmatch(header)):
        return StreamProblem.HEADER
    return url_problem(delivery.endpoint_url, allowed=hosts_inside)


def _events_problem(requested: Collection[str]) -> StreamProblem | None:
    if len(requested) > MOST_EVENTS:
        return StreamProblem.TOO_MANY_EVENTS
    too_long = any(len(uri) > LONGEST_URI for uri in requested)
    return StreamProblem.EVENT_TOO_LONG if too_long else None
