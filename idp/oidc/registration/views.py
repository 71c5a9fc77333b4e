"""Where a program registers an application, and reads, changes or ends the registration."""

from django.http import HttpResponse, JsonResponse

from accounts.limits.table import REGISTRATION
from clients.applications.operations import ApplicationRefusedError
from clients.initial_access import operations
from clients.initial_access.operations import TokenOverError
from clients.initial_access.rules import Wish
from idp.oidc import cors
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored
from idp.oidc.parameters import query, required
from idp.oidc.registration import answer, document, metadata, sector, tokens
from idp.oidc.registration.answer import Secrets
from idp.oidc.registration.refusals import bad_token, of_findings, suspended


@endpoint("register", "POST", reach=cors.Reach.NOBODY)
def register(request: MachineRequest) -> HttpResponse:
    """Register an application with an initial access token (RFC 7591 §3)."""
    token = tokens.initial_access(request)
    tokens.check_within(REGISTRATION, str(token.pk))
    wish = metadata.read(document.read(request), unnamed=token.organisation.name)
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


@endpoint("register/client", "GET", reach=cors.Reach.NOBODY)
def client(request: MachineRequest) -> HttpResponse:
    """Tell what is registered (RFC 7592 §2.1)."""
    client_id = required(query(request), "client_id")
    application, token = tokens.registration_access(request, client_id)
    request.application = application
    if not application.is_usable():
        raise suspended()
    scopes = application.scopes.order_by("pk").values_list("scope", flat=True)
    return never_stored(JsonResponse(answer.of(application, scopes, Secrets(token))))


def _check_sector(wish: Wish) -> None:
    registration = wish.registration
    if registration.sector_identifier_uri:
        uri, listed = registration.sector_identifier_uri, registration.addresses.redirect_uris
        sector.check(uri, listed)
