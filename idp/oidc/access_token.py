"""Access tokens: JWTs with a row that knows their jti (RFC 9068)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from clients.models import Application
from idp.keys import jwt, loaded
from idp.models import AccessToken, Participant, SigningKey
from idp.oidc import resource, standing
from idp.oidc.basis import Basis
from idp.oidc.confirmation import Confirmation

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        jwk: dict[str, Any] | None
        family_over: bool
        signed_out: bool

    Loaded: TypeAlias = WithAnnotations[AccessToken, _Columns]

Row = TypeVar("Row", bound=AccessToken)


@dataclass(frozen=True)
class IssuedAccessToken:
    """A new access token; `expires_in` in seconds."""

    token: str = field(repr=False)
    expires_in: int


def issue(basis: Basis, *, key: loaded.SigningKeyPair, now: datetime) -> IssuedAccessToken:
    """Write the row and return the signed token."""
    row = AccessToken(
        jti=uuid4(),
        kid=key.kid,
        application=basis.application,
        user=basis.account,
        session=basis.session,
        consent=basis.consent,
        token_family=basis.family,
        scope=" ".join(basis.scopes),
        claims=basis.claims.get("userinfo", {}),
        resource=basis.resource,
        expires=min(now + settings.ACCESS_TOKEN_LIFETIME, basis.consent.expires_at),
    )
    # RFC 9068 §2.2.1.
    claims = {
        "sub": basis.subject,
        "client_id": basis.application.client_id,
        **basis.authentication,
    }
    return _issued(row, claims, cnf=basis.cnf, key=key, now=now)


def issue_in_own_name(
    application: Application,
    *,
    resource: str,
    scopes: Collection[str],
    cnf: Confirmation,
    key: loaded.SigningKeyPair,
    now: datetime,
) -> IssuedAccessToken:
    """Write the row of a token that stands on no resident's agreement and return it, signed."""
    row = AccessToken(
        jti=uuid4(),
        kid=key.kid,
        application=application,
        token_family=uuid4(),
        scope=" ".join(scopes),
        resource=resource,
        expires=now + settings.ACCESS_TOKEN_LIFETIME,
    )
    # RFC 9068 §2.2: then the subject is the application itself.
    claims = {"sub": application.client_id, "client_id": application.client_id}
    return _issued(row, claims, cnf=cnf, key=key, now=now)


def _issued(
    row: AccessToken,
    more: Mapping[str, object],
    *,
    cnf: Confirmation,
    key: loaded.SigningKeyPair,
    now: datetime,
) -> IssuedAccessToken:
    row.save(force_insert=True)
    claims = {
        # RFC 9068 §2.2, §3.
        "iss": settings.ISSUER,
        "aud": resource.audience(row.resource),
        "exp": int(row.expires.timestamp()),
        "iat": int(now.timestamp()),
        "jti": str(row.jti),
        "scope": row.scope,
        **more,
        # RFC 7800 §3.1, RFC 9449 §6.1.
        **({"cnf": cnf} if cnf else {}),
    }
    token = jwt.sign(claims, typ=jwt.Typ.ACCESS_TOKEN, key=key)
    return IssuedAccessToken(token, int((row.expires - now).total_seconds()))


def find(claims: Mapping[str, Any], among: "QuerySet[Row]") -> "Row":
    """Return the row that an unverified token names, with all it stands on, in one statement.

    `among` is `rows()`, perhaps with more beside each.

    Raises:
        NotOurs: there is none.
    """
    try:
        return among.get(jti=_jti(claims))
    except AccessToken.DoesNotExist as error:
        raise jwt.NotOurs(reason="jti_unknown") from error


@cache
def rows() -> "QuerySet[Loaded]":
    """Return the query that each request narrows to one row: building it costs more than asking.

    A narrowed copy is made each time, so no row is ever kept.
    """
    keys = SigningKey.objects.filter(kid=OuterRef("kid")).exclude(state=SigningKey.State.REVOKED)
    parts = Participant.objects.filter(
        session=OuterRef("session"), application=OuterRef("application")
    )
    related = ("user", "application__organisation", "consent", "session")
    return AccessToken.objects.select_related(*related).annotate(
        jwk=Subquery(keys.values("public_jwk")[:1]),
        family_over=standing.family_over("token_family"),
        signed_out=Exists(parts.filter(signed_out_at__isnull=False)),
    )


def verified(
    token: str, row: "Loaded", *, audience: str, expired_too: bool = False
) -> dict[str, Any]:
    """Return the token's claims, checked with the key that its row names.

    Raises:
        NotOurs: the key was revoked, or the token is not what was signed, or for something else.
    """
    if row.jwk is None:
        raise jwt.NotOurs(reason="key_revoked")
    key = loaded.for_verifying(row.jwk)
    return jwt.check(token, key=key, audience=audience, expired_too=expired_too)


def ended(row: "Loaded", *, now: datetime) -> str | None:
    """Return why the token is good no more, everything it stands on being read just now."""
    if row.revoked_at is not None or row.family_over:
        return "access_token_revoked"
    if row.expires <= now:
        return "access_token_expired"
    if row.application is None or not row.application.is_usable():
        return standing.Fallen.APPLICATION_NOT_ACTIVE
    if row.user is None or row.consent is None:
        # A program's own.
        return None
    reason = standing.of_agreement(
        account=row.user, application=row.application, consent=row.consent, now=now
    )
    if reason is None and row.session is not None:
        return standing.of_sign_in(
            session=row.session, account=row.user, signed_out=row.signed_out, now=now
        )
    return reason


def _jti(claims: Mapping[str, Any]) -> UUID:
    try:
        return UUID(str(claims.get("jti")))
    except ValueError as error:
        raise jwt.NotOurs(reason="jti_malformed") from error
