"""The short way for programs: no cookie, no CSRF, no language, no page headers.

A token request costs a few statements and a signature; a stack of middleware made for pages would
double that, and give cookies a say where only tokens and secrets have one.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from idp.oidc import cors
from idp.oidc.endpoint import note_refusal
from idp.oidc.errors import ErrorCode, ProtocolError, json_answer
from idp.oidc.urls import MACHINE_ENDPOINTS
from idp.partner_api import frame
from idp.trail import noting

logger = logging.getLogger(__name__)

_VIEWS: Final[dict[str, Callable[..., HttpResponse]]] = {
    f"/{pattern.pattern}": pattern.callback for pattern in MACHINE_ENDPOINTS
}


class MachineEndpointMiddleware:
    """Calls the view of a machine endpoint at once; leaves every other request to what follows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        noting.begin(request)
        if request.path_info.startswith(frame.PREFIX):
            return frame.answer(request)
        view = _VIEWS.get(request.path_info)
        return self._get_response(request) if view is None else _answer(view, request)


def _answer(view: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    try:
        return view(request)
    except OperationalError as cause:
        # A lock that did not come free, a lost connection: worth another try.
        return _failed(request, cause, HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception as cause:  # noqa: BLE001 - the last resort: it must not reach the caller
        return _failed(request, cause, HTTPStatus.INTERNAL_SERVER_ERROR)


def _failed(request: HttpRequest, cause: Exception, status: HTTPStatus) -> HttpResponse:
    error = ProtocolError(
        ErrorCode.SERVER_ERROR,
        "Something went wrong at the provider. Try again later.",
        detail="unexpected",
        status=status,
    )
    logger.error("%s failed: reference=%s", request.path_info, error.reference, exc_info=cause)
    application = getattr(request, "application", None)
    endpoint = request.path_info.strip("/")
    note_refusal(request, error, endpoint=endpoint, application=application)
    answer = json_answer(error)
    reach = getattr(request, "reach", cors.Reach.NOBODY)
    cors.let_read(answer, request, reach=reach, named=application)
    return answer
