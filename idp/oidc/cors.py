"""Which web pages may read an endpoint's answers from a browser (Fetch §3.2); never cookies."""

from enum import Enum, auto
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from clients.models import Application, Organisation

_MAX_ORIGIN: Final = 255


class Reach(Enum):
    """Who may read an answer."""

    NOBODY = auto()
    ANY_PAGE = auto()
    PUBLIC_APPLICATIONS = auto()


def preflight(request: HttpRequest, *, reach: Reach, methods: str) -> HttpResponse:
    """Answer the question that a browser asks first; nobody is authenticated yet."""
    response = HttpResponse(status=204)
    origin = _origin(request)
    if reach is Reach.ANY_PAGE:
        response["Access-Control-Allow-Origin"] = "*"
    elif reach is Reach.PUBLIC_APPLICATIONS and _some_application_at(origin):
        _allow(response, origin)
    response["Access-Control-Allow-Methods"] = methods
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, DPoP"
    response["Access-Control-Max-Age"] = "600"
    return response


def let_read(
    response: HttpResponse, request: HttpRequest, *, reach: Reach, named: Application | None
) -> None:
    """Let the page that asked read the answer, if it belongs to the application it `named`."""
    if reach is Reach.ANY_PAGE:
        response["Access-Control-Allow-Origin"] = "*"
        return
    if reach is Reach.PUBLIC_APPLICATIONS:
        response["Vary"] = "Origin"
        origin = _origin(request)
        if named is not None and _is_public(named) and origin in _origins(named):
            _allow(response, origin)


def _allow(response: HttpResponse, origin: str) -> None:
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Expose-Headers"] = "WWW-Authenticate, Retry-After, DPoP-Nonce"
    response["Vary"] = "Origin"


def _origin(request: HttpRequest) -> str:
    origin = request.headers.get("Origin", "")
    return origin if len(origin) <= _MAX_ORIGIN and "\0" not in origin else ""


def _some_application_at(origin: str) -> bool:
    if not origin:
        return False
    rows = Application.objects.filter(
        client_type=Application.CLIENT_PUBLIC,
        status=Application.Status.ACTIVE,
        organisation__status=Organisation.Status.ACTIVE,
        # Narrows by text; the comparison that counts is below.
        redirect_uris__contains=origin,
    )
    return any(origin in _origins(row) for row in rows)


def _is_public(application: Application) -> bool:
    return bool(application.client_type == Application.CLIENT_PUBLIC)


def _origins(application: Application) -> set[str]:
    """Return the origins (RFC 6454 §6.2) of the application's redirect URIs."""
    parts = (urlsplit(uri) for uri in application.redirect_uris.split())
    return {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme in {"http", "https"}}
