"""What may be registered about the requests of an application (OIDC Registration §2)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from accounts.security.outgoing.rules import UrlProblem, url_problem
from clients.applications.algorithms import Algorithm

MOST_REQUEST_URIS: Final = 20
LONGEST_REQUEST_URI: Final = 512  # RFC 9101 §5.2
MOST_ACR_VALUES: Final = 10
LONGEST_ACR_VALUE: Final = 200
# As much as a request may say (OIDC Core §3.1.2.1).
LONGEST_AGE: Final = 9_999_999_999


class Pkce(StrEnum):
    """Whether each request must have a code challenge (RFC 9700 §2.1.1)."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class RequestsProblem(StrEnum):
    """Why it is refused."""

    PKCE_NEEDED = "pkce_needed"
    TOO_MANY = "request_uris_too_many"
    TOO_LONG = "request_uri_too_long"
    AGE_UNFIT = "default_max_age_unfit"
    ACR_VALUES_UNFIT = "default_acr_values_unfit"


@dataclass(frozen=True)
class Requests:
    """`dpop_bound_access_tokens`: it gets no others (RFC 9449 §5.2).

    `certificate_bound_access_tokens`: likewise, by mutual TLS (RFC 8705 §3.4); with both, by both.
    `request_uris`: where it keeps requests that it signed, for us to fetch.

    `request_object_algorithm` is the one that it signs them with; empty: any. The defaults count
    where a request says nothing.
    """

    pkce: Pkce = Pkce.REQUIRED
    requires_pushed_requests: bool = False
    requires_signed_requests: bool = False
    dpop_bound_access_tokens: bool = False
    certificate_bound_access_tokens: bool = False
    request_uris: tuple[str, ...] = ()
    request_object_algorithm: Algorithm | Literal[""] = ""
    default_max_age: int | None = None
    default_acr_values: tuple[str, ...] = ()


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
    yield from _default_problems(requests)


def _default_problems(requests: Requests) -> Iterator[tuple[str, Problem, str]]:
    age, values = requests.default_max_age, requests.default_acr_values
    if age is not None and not 0 <= age <= LONGEST_AGE:
        yield "default_max_age", RequestsProblem.AGE_UNFIT, str(age)[:LONGEST_ACR_VALUE]
    fit = len(values) <= MOST_ACR_VALUES and all(map(_is_acr_value, values))
    if not fit:
        yield "default_acr_values", RequestsProblem.ACR_VALUES_UNFIT, ""


def _is_acr_value(value: str) -> bool:
    printable = value.isascii() and value.isprintable() and " " not in value
    return printable and 0 < len(value) <= LONGEST_ACR_VALUE
