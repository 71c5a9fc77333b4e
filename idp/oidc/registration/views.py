"""Where a program registers an application, and reads, changes or ends the registration."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.limits.table import REGISTRATION, REGISTRATION_CHANGED
from clients.applications.writing import ApplicationRefusedError
from clients.initial_access import operations
from clients.initial_access.operations import RegistrationOverError, TokenOverError
from clients.initial_access.rules import Wish
from clients.models import Application
from idp.oidc import cors, json_body
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored
from idp.oidc.parameters import query, required
from idp.oidc.registration import answer, metadata, sector, tokens
from idp.oidc.registration.answer import Secrets
from idp.oidc.registration.refusals import bad_token, of_findings, suspended

_LONGEST: Final = 64 * 1024


@endpoint("register", "POST", reach=cors.Reach.NOBODY)
def register(request: MachineRequest) -> HttpResponse:
    """Register an application with an initial access token (RFC 7591 §3)."""
    token = tokens.initial_access(request)
    tokens.check_within(REGISTRATION, str(token.pk))
    wish = metadata.read(_document(request), unnamed=token.organisation.name)
    _check_sector(wish)
    try:
        made = operations.register(token=token, wish=wish)
    except ApplicationRefusedError as refused:
        raise of_findings(refused.findings) from refused
    except TokenOverError as ended:
        raise bad_token(detail=ended.reason) from ended
    application = request.application = made.application
    scopes = [wanted.scope for wanted in made.scopes]
    told = answer.of(application, scopes, Secrets(made.registration_token, made.client_secret))
    return never_stored(JsonResponse(told, status=201))


@endpoint("register/client", "GET", "PUT", "DELETE", reach=cors.Reach.NOBODY)
def client(request: MachineRequest) -> HttpResponse:
    """Tell, replace or end a registration, for who has its token (RFC 7592 §2)."""
    client_id = required(query(request), "client_id")
    application, token = tokens.registration_access(request, client_id)
    request.application = application
    if not application.is_usable():
        raise suspended()
    try:
        return _METHODS[request.method or ""](request, application, token)
    except RegistrationOverError as ended:
        raise suspended() from ended


def _document(request: HttpRequest) -> dict[str, Any]:
    return json_body.read(request, longest=_LONGEST, section="RFC 7591 §3.1")


def _told(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    del request
    return _current(application, Secrets(token))


def _replaced(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    tokens.check_within(REGISTRATION_CHANGED, application.client_id)
    found = _document(request)
    tokens.check_secret(application, metadata.check_update(found, application))
    wish = metadata.read(found, unnamed=application.organisation.name)
    _check_sector(wish)
    try:
        changed = operations.update(application=application, wish=wish)
    except ApplicationRefusedError as refused:
        raise of_findings(refused.findings) from refused
    return _current(changed.application, Secrets(token, changed.client_secret))


def _ended(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    del request, token
    operations.remove(application=application)
    return never_stored(HttpResponse(status=204))


_METHODS: Final = {"GET": _told, "HEAD": _told, "PUT": _replaced, "DELETE": _ended}


def _current(application: Application, secrets: Secrets) -> HttpResponse:
    scopes = application.scopes.order_by("pk").values_list("scope", flat=True)
    return never_stored(JsonResponse(answer.of(application, scopes, secrets)))


def _check_sector(wish: Wish) -> None:
    registration = wish.registration
    if registration.sector_identifier_uri:
        uri, listed = registration.sector_identifier_uri, registration.addresses.redirect_uris
        sector.check(uri, listed)
