"""The userinfo endpoint (OIDC Core §5.3)."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from idp.disclosures import operations as disclosures
from idp.keys import jwt
from idp.keys import queries as keys
from idp.models import Disclosure
from idp.oidc import bearer, brought_along, claims, cors, refusals
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored


@endpoint("userinfo", "GET", "POST", reach=cors.Reach.PUBLIC_APPLICATIONS)
def userinfo(request: MachineRequest) -> HttpResponse:
    """Return what the resident agreed to share, as it is now."""
    presented = bearer.authenticate(request)
    request.application = presented.application
    bearer.require_scope(presented, "openid")
    shared = claims.shared(
        presented.account,
        scopes=presented.scopes,
        asked=presented.claims,
        consent=presented.consent,
        contact=presented.contact,
    )
    before = brought_along.claim(presented.old_ids)
    answer = {"sub": presented.subject, **shared, **before}
    response = _plain_or_signed(answer, presented)
    disclosures.note(
        consent=presented.consent,
        endpoint=Disclosure.Endpoint.USERINFO,
        claims=answer,
        at=timezone.now(),
    )
    return never_stored(response)


def _plain_or_signed(answer: dict[str, Any], presented: bearer.Presented) -> HttpResponse:
    is_signed = presented.application.userinfo_algorithm != ""
    return _signed(answer, presented) if is_signed else JsonResponse(answer)


def _signed(answer: dict[str, Any], presented: bearer.Presented) -> HttpResponse:
    """Return the answer as a JWT (§5.3.2)."""
    application = presented.application
    try:
        key = keys.signing_key_read(presented.signing_kid, application.userinfo_algorithm)
    except keys.NoSigningKeyError as error:
        raise refusals.cannot_sign() from error
    # Without `exp`: it must never pass for an ID token of ours.
    body = {**answer, "iss": settings.ISSUER, "aud": application.client_id}
    token = jwt.sign(body, typ=jwt.Typ.USERINFO, key=key)
    return HttpResponse(token, content_type="application/jwt")
