"""What may be registered about the requests of an application."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.security.outgoing.rules import UrlProblem, url_problem

MOST_REQUEST_URIS: Final = 20
LONGEST_REQUEST_URI: Final = 512  # RFC 9101 §5.2


class Pkce(StrEnum):
    """Whether each request must have a code challenge (RFC 9700 §2.1.1)."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class RequestsProblem(StrEnum):
    """Why it is refused."""

    PKCE_NEEDED = "pkce_needed"
    TOO_MANY = "request_uris_too_many"
    TOO_LONG = "request_uri_too_long"


@dataclass(frozen=True)
class Requests:
    """`request_uris`: where it keeps requests that it signed, for us to fetch."""

    pkce: Pkce = Pkce.REQUIRED
    requires_pushed_requests: bool = False
    requires_signed_requests: bool = False
    request_uris: tuple[str, ...] = ()


ORDINARY: Final = Requests()
Problem = RequestsProblem | UrlProblem


def requests_problems(
    requests: Requests, *, may_skip_pkce: bool, hosts_inside: Collection[str]
) -> Iterator[tuple[str, Problem, str]]:
    """Yield every reason to refuse: the part, the problem, and the value."""
    if requests.pkce is not Pkce.REQUIRED and not may_skip_pkce:
        yield "pkce", RequestsProblem.PKCE_NEEDED, requests.pkce
    if len(requests.request_uris) > MOST_REQUEST_URIS:
        yield "request_uri", RequestsProblem.TOO_MANY, ""
    for uri in requests.request_uris[:MOST_REQUEST_URIS]:
        if len(uri) > LONGEST_REQUEST_URI:
            yield "request_uri", RequestsProblem.TOO_LONG, uri
        elif problem := url_problem(uri, allowed=hosts_inside):
            yield "request_uri", problem, uri
