"""Notes requests: called where an endpoint knows how one went."""

from time import perf_counter_ns
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from clients.models import Application
from idp.trail import operations
from idp.trail.entry import Entry
from idp.trail.rules import client_library, harmless
from idp.trail.writer import Writer

OK: Final = "ok"
# A resident was shown a page, or a program was given a nonce to try again with; what they then did
# is another request's record.
BEGUN: Final = "begun"
_LONGEST_CLIENT_ID: Final = 255
_BEGAN: Final = "borough.began"
_NOTED: Final = "borough.noted"

writer: Final = Writer(lambda entries: operations.write(entries=entries))


def begin(request: HttpRequest) -> None:
    """Note when the request came, before anything is done about it."""
    request.META[_BEGAN] = perf_counter_ns()


def by_program(
    request: HttpRequest,
    *,
    endpoint: str,
    status: int,
    application: Application | None,
    named: str = "",
    outcome: str = OK,
    **where: str,
) -> None:
    """Note a program's request.

    `application` is who it proved to be, `named` who it only says it is. Of `sent`, what it gave
    for `parameter`, no more is kept than does no harm.
    """
    _put(
        request,
        client_id=application.client_id if application else named,
        endpoint=endpoint,
        status=status,
        outcome=outcome,
        is_authenticated=_is_authenticated(application, outcome),
        client_library=client_library(request.headers.get("User-Agent", "")),
        **where,
    )


def by_browser(
    request: HttpRequest,
    *,
    endpoint: str,
    status: int,
    client_id: str,
    outcome: str = OK,
    **where: str,
) -> None:
    """Note a resident's request for an application: of the browser nothing is kept."""
    request.META[_NOTED] = True
    _put(
        request,
        client_id=client_id,
        endpoint=endpoint,
        status=status,
        outcome=outcome,
        is_authenticated=False,
        **where,
    )


def begun_by_browser(request: HttpRequest, *, endpoint: str, status: int, client_id: str) -> None:
    """Note that a resident's request goes on with a page, unless it is noted how it ended."""
    if _NOTED not in request.META:
        by_browser(request, endpoint=endpoint, status=status, client_id=client_id, outcome=BEGUN)


def _put(request: HttpRequest, *, client_id: str, **members: Any) -> None:
    if 0 < len(client_id) <= _LONGEST_CLIENT_ID:
        members["sent"] = harmless(members.get("parameter", ""), members.pop("sent", ""))
        duration = _microseconds(request)
        writer.put(Entry(client_id=client_id, at=timezone.now(), duration=duration, **members))


def _is_authenticated(application: Application | None, outcome: str) -> bool:
    # A public application proves itself by what it brings: a code, a token.
    if application is None:
        return False
    return outcome == OK or application.client_type == Application.CLIENT_CONFIDENTIAL


def _microseconds(request: HttpRequest) -> int:
    now = perf_counter_ns()
    return int(now - request.META.get(_BEGAN, now)) // 1000
