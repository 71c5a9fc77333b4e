"""The revocation endpoint (RFC 7009)."""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from accounts.audit import actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security import keyed_hash
from clients.models import Application
from idp.keys import jwt
from idp.models import AccessToken, RefreshToken
from idp.oidc import access_token, cors, refusals, resource
from idp.oidc.client_auth import authenticate
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored
from idp.oidc.issuing import REFRESH_PURPOSE
from idp.oidc.parameters import form, required
from idp.tokens.operations import end_for_family


@endpoint("revoke", "POST", reach=cors.Reach.PUBLIC_APPLICATIONS)
def revoke(request: MachineRequest) -> HttpResponse:
    """End a token; one that is unknown or over is a success too (§2.2)."""
    parameters = form(request)
    application = request.application = authenticate(request, parameters)
    token = required(parameters, "token")
    # token_type_hint only speeds up a search (§2.1); by its shape we know already.
    end = _end_access_token if "." in token else _end_refresh_token
    end(token, application)
    return never_stored(HttpResponse(status=200))


def _end_access_token(token: str, application: Application) -> None:
    try:
        claims = jwt.peek(token, typ=jwt.Typ.ACCESS_TOKEN).claims
        row = access_token.find(claims, access_token.rows())
        audience = resource.audience(row.resource)
        access_token.verified(token, row, audience=audience, expired_too=True)
    except jwt.NotOurs:
        return
    _check_owner(row, application)
    with transaction.atomic():
        live = AccessToken.objects.filter(pk=row.pk, revoked_at=None)
        if live.update(revoked_at=timezone.now()):
            about = _about(row, application)
            record(Event.TOKENS_REVOKED, by=actor.application(application.client_id), about=about)


def _end_refresh_token(token: str, application: Application) -> None:
    hashes = keyed_hash.candidates(REFRESH_PURPOSE, token)
    row = RefreshToken.objects.filter(token_hash__in=hashes).first()
    if row is None:
        return
    _check_owner(row, application)
    # §2.1: with a refresh token end the access tokens of the same grant.
    end_for_family(
        family=row.token_family,
        about=_about(row, application),
        by=actor.application(application.client_id),
    )


def _check_owner(row: AccessToken | RefreshToken, application: Application) -> None:
    if row.application_id != application.pk:
        # §2.1: the caller is told, and nothing ends.
        raise refusals.not_theirs(
            public="The token was issued to another application.",
            detail="token_of_another_application",
            parameter="token",
            section="RFC 7009 §2.1",
        )


def _about(row: AccessToken | RefreshToken, application: Application) -> About:
    return About(
        account_id=row.user_id,
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="token_family",
        object_id=str(row.token_family),
        reason="revoked_by_application",
    )
