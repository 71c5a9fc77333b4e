"""Token introspection (RFC 7662, RFC 9701): whether a token still holds, for whom that concerns.

That is the API which a token is for, and the application that it was issued to, which holds it
anyhow. Everybody else, and every token that is not good, gets one and the same answer (§2.2).
"""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from accounts.security import keyed_hash
from clients.models import Application
from idp.keys import jwt
from idp.keys import queries as keys
from idp.models import AccessToken, RefreshToken
from idp.oidc import access_token, client_auth, cors, refusals, resource, standing, subjects
from idp.oidc.apart import why_apart
from idp.oidc.confirmation import token_type
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored
from idp.oidc.issuing import REFRESH_PURPOSE
from idp.oidc.parameters import form, required

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        jwk: dict[str, Any] | None
        family_over: bool
        signed_out: bool
        may_call: bool

    _AccessToken: TypeAlias = WithAnnotations[AccessToken, _Columns]

    class _RefreshColumns(TypedDict):
        subject: str
        family_over: bool

    _RefreshToken: TypeAlias = WithAnnotations[RefreshToken, _RefreshColumns]

MEDIA_TYPE: Final = f"application/{jwt.Typ.INTROSPECTION}"
Answer = dict[str, Any]
# §2.2: nothing tells why.
_INACTIVE: Final[Answer] = {"active": False}
_FROM_THE_TOKEN: Final = (
    *("client_id", "exp", "iat", "sub", "aud", "iss", "jti"),
    # RFC 9470 §6.2: what an API needs to ask for a stronger sign-in.
    *("acr", "auth_time"),
    # RFC 9449 §6.2: what it needs to tell the token's holder from a thief.
    "cnf",
)


@endpoint("introspect", "POST", reach=cors.Reach.NOBODY)
def introspect(request: MachineRequest) -> HttpResponse:
    """Say of a token whether it is good, and what for."""
    parameters = form(request)
    (caller,) = client_auth.authenticated(request, parameters, _callers())
    request.application = caller
    client_auth.check_confidential(caller)
    token = required(parameters, "token")
    # token_type_hint only speeds up a search (§2.1); by its shape we know already.
    answer = _of_access_token if "." in token else _of_refresh_token
    found = answer(token, caller, timezone.now()) or _INACTIVE
    # Whoever takes anything gets JSON: a JWT is for those that name it (RFC 9701 §4).
    names_it = MEDIA_TYPE in request.headers.get("Accept", "").lower()
    is_signed = names_it and request.accepts(MEDIA_TYPE)
    return never_stored(_signed(found, caller) if is_signed else JsonResponse(found))


def _signed(found: Answer, caller: Application) -> HttpResponse:
    """Return the answer as a JWT for whoever asks for one (RFC 9701 §4, §5)."""
    try:
        key = keys.signing_key(caller.algorithm)
    except keys.NoSigningKeyError as error:
        raise refusals.cannot_sign() from error
    claims = {
        # §5: for the caller alone, and neither `sub` nor `exp`, so that it passes for no token.
        "iss": settings.ISSUER,
        "aud": caller.client_id,
        "iat": int(timezone.now().timestamp()),
        "token_introspection": found,
    }
    token = jwt.sign(claims, typ=jwt.Typ.INTROSPECTION, key=key)
    return HttpResponse(token, content_type=MEDIA_TYPE)


@cache
def _callers() -> QuerySet[Application]:
    return Application.objects.select_related("organisation", "serves")


def _of_access_token(token: str, caller: Application, now: datetime) -> Answer | None:
    try:
        unverified = jwt.peek(token, typ=jwt.Typ.ACCESS_TOKEN)
        row = access_token.find(unverified.claims, _access_tokens())
        claims = access_token.verified(token, row, audience=resource.audience(row.resource))
    except jwt.NotOurs:
        return None
    concerned = row.application_id == caller.pk or _is_for(row, caller)
    if not concerned or _has_ended(row, claims, now):
        return None
    return {
        "active": True,
        "scope": " ".join(_scopes(row)),
        "token_type": token_type(claims.get("cnf", {})),
        **{name: claims[name] for name in _FROM_THE_TOKEN if name in claims},
    }


def _is_for(row: "_AccessToken", caller: Application) -> bool:
    if caller.serves is None or caller.serves.identifier != row.resource:
        return False
    # An API is an application like any other: a live one serves real people, one for trying out its
    # own organisation's test residents.
    user = row.user
    return user is None or not why_apart(
        is_test=user.is_test, group=user.test_group, served=caller.test_group
    )


def _has_ended(row: "_AccessToken", claims: Answer, now: datetime) -> bool:
    if access_token.ended(row, now=now) is not None or row.application is None:
        return True
    if row.resource and not row.may_call:
        return True
    acr = claims.get("acr")
    return acr is not None and standing.of_level(acr=acr, application=row.application) is not None


def _scopes(row: "_AccessToken") -> list[str]:
    if row.consent is None:
        return row.scope.split()
    return standing.still_covered(row.scope, row.consent)


@cache
def _access_tokens() -> "QuerySet[_AccessToken]":
    return access_token.rows().annotate(may_call=resource.may_call_column())


def _of_refresh_token(token: str, caller: Application, now: datetime) -> Answer | None:
    hashes = keyed_hash.candidates(REFRESH_PURPOSE, token)
    row = _refresh_tokens().filter(token_hash__in=hashes, application=caller).first()
    if row is None or _is_over(row, caller, now):
        return None
    return {
        "active": True,
        "scope": " ".join(standing.still_covered(row.scope, row.consent)),
        "client_id": caller.client_id,
        "exp": int(row.expires.timestamp()),
        "iat": int(row.created.timestamp()),
        "sub": row.subject,
        "iss": settings.ISSUER,
    }


@cache
def _refresh_tokens() -> "QuerySet[_RefreshToken]":
    related = RefreshToken.objects.select_related("user", "consent")
    return related.annotate(
        subject=subjects.column(), family_over=standing.family_over("token_family")
    )


def _is_over(row: "_RefreshToken", caller: Application, now: datetime) -> bool:
    used = row.revoked is not None or row.rotated_at is not None or row.family_over
    if used or row.expires <= now:
        return True
    reason = standing.of_agreement(
        account=row.user, application=caller, consent=row.consent, now=now
    ) or standing.of_level(acr=row.authentication["acr"], application=caller)
    return reason is not None
