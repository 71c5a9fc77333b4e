"""`fetch` and `post`: one request, to a checked address, whose answer is bounded in size and time.

No redirects, no proxies from the environment, no cookies, no compressed answers.
"""

import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Final

import httpcore
from django.conf import settings

from accounts.security.outgoing.connection import Deadline, GuardedNetwork
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from accounts.security.outgoing.rules import Target, target_of, url_problem

LIMIT_BYTES: Final = 64 * 1024
_USER_AGENT: Final = "borough-login"
_REDIRECTS: Final = range(300, 400)


@dataclass(frozen=True)
class Fetched:
    """An answer, read to its end; header names are in small letters."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class _Request:
    method: str
    target: Target
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    limit_bytes: int


def fetch(
    url: str,
    *,
    accept: str = "application/json",
    authorization: str = "",
    limit_bytes: int = LIMIT_BYTES,
    timeout: timedelta | None = None,
    also_allowed: Collection[str] = (),
) -> Fetched:
    """Return what the address answers to GET, whatever its status; redirects are refused.

    `also_allowed` are `host:port` of an operator's settings, beside those that partners reach too.

    Raises:
        OutgoingRefusedError: it may not be asked, does not answer in time, or answers too much.
    """
    headers = {"Accept": accept}
    if authorization:
        headers["Authorization"] = authorization
    target = _target(url, also_allowed)
    return _send(_Request("GET", target, headers, b"", limit_bytes), timeout)


def post(
    url: str,
    *,
    body: bytes,
    content_type: str,
    accept: str = "*/*",
    authorization: str = "",
    limit_bytes: int = LIMIT_BYTES,
    timeout: timedelta | None = None,
    also_allowed: Collection[str] = (),
) -> Fetched:
    """Return what the address answers to this POST, whatever its status; redirects are refused.

    `authorization` is a header that whoever gave the address wants to see there; `also_allowed` are
    `host:port` of an operator's settings.

    Raises:
        OutgoingRefusedError: it may not be asked, does not answer in time, or answers too much.
    """
    headers = {"Content-Type": content_type, "Accept": accept}
    if authorization:
        headers["Authorization"] = authorization
    target = _target(url, also_allowed)
    return _send(_Request("POST", target, headers, body, limit_bytes), timeout)


def _target(url: str, also_allowed: Collection[str]) -> Target:
    allowed = {*settings.OUTGOING_ALLOW, *also_allowed}
    if problem := url_problem(url, allowed=allowed):
        raise OutgoingRefusedError(problem)
    return target_of(url, allowed=allowed)


def _send(request: _Request, timeout: timedelta | None) -> Fetched:
    deadline = Deadline.after((timeout or settings.OUTGOING_TIMEOUT).total_seconds())
    try:
        with _connection(request.target, deadline) as connection:
            return _answer(connection, request)
    except httpcore.TimeoutException as error:
        raise OutgoingRefusedError(FetchProblem.TIMED_OUT) from error
    except httpcore.NetworkError as error:
        tls = isinstance(error.__cause__, ssl.SSLError)
        problem = FetchProblem.TLS if tls else FetchProblem.UNREACHABLE
        raise OutgoingRefusedError(problem) from error
    except httpcore.ProtocolError as error:
        raise OutgoingRefusedError(FetchProblem.MALFORMED) from error


def _connection(target: Target, deadline: Deadline) -> httpcore.HTTPConnection:
    origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
    return httpcore.HTTPConnection(
        origin,
        # The certificate must be the name's, though the connection goes to an address.
        ssl_context=_trust(settings.OUTGOING_CA_BUNDLE),
        network_backend=GuardedNetwork(target, deadline),
    )


def _answer(connection: httpcore.HTTPConnection, request: _Request) -> Fetched:
    target = request.target
    url = httpcore.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.resource
    )
    headers = {
        "Host": target.authority,
        "User-Agent": _USER_AGENT,
        # A small compressed answer may be a very large one.
        "Accept-Encoding": "identity",
        "Connection": "close",
        **request.headers,
    }
    with connection.stream(
        request.method, url, headers=list(headers.items()), content=request.body or None
    ) as response:
        found = {name.decode("latin-1").lower(): value for name, value in response.headers}
        answered = {name: value.decode("latin-1") for name, value in found.items()}
        _check_head(response.status, answered, request.limit_bytes)
        return Fetched(response.status, _body(response, request.limit_bytes), answered)


def _check_head(status: int, headers: Mapping[str, str], limit_bytes: int) -> None:
    if status in _REDIRECTS:
        raise OutgoingRefusedError(FetchProblem.REDIRECT)
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise OutgoingRefusedError(FetchProblem.ENCODED)
    # Not parsed: anything else than digits was refused along with the header.
    length = headers.get("content-length", "0")
    if len(length) > len(str(limit_bytes)) or int(length) > limit_bytes:
        raise OutgoingRefusedError(FetchProblem.TOO_LARGE)


def _body(response: httpcore.Response, limit_bytes: int) -> bytes:
    read = bytearray()
    for chunk in response.iter_stream():
        read += chunk
        if len(read) > limit_bytes:
            raise OutgoingRefusedError(FetchProblem.TOO_LARGE)
    return bytes(read)


@cache
def _trust(bundle: str) -> ssl.SSLContext:
    """Trust this machine's authorities, and those of the bundle too."""
    context = ssl.create_default_context()
    if bundle:
        context.load_verify_locations(cafile=bundle)
    return context
