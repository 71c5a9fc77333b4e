"""Notes requests: called where an endpoint knows how one went."""

from time import perf_counter_ns
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from clients.models import Application
from idp.trail import operations
from idp.trail.entry import Entry
from idp.trail.rules import client_library
from idp.trail.writer import Writer

OK: Final = "ok"
_LONGEST_CLIENT_ID: Final = 255
_BEGAN: Final = "borough.began"

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

    `application` is who it proved to be, `named` who it only says it is.
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
    _put(
        request,
        client_id=client_id,
        endpoint=endpoint,
        status=status,
        outcome=outcome,
        is_authenticated=False,
        **where,
    )


def _put(request: HttpRequest, *, client_id: str, **members: Any) -> None:
    if 0 < len(client_id) <= _LONGEST_CLIENT_ID:
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
