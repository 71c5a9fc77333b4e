"""Access tokens: JWTs with a row that knows their jti (RFC 9068)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.models import AccessToken
from idp.oidc.basis import Basis


@dataclass(frozen=True)
class IssuedAccessToken:
    """A new access token; `expires_in` in seconds."""

    token: str = field(repr=False)
    expires_in: int


def issue(basis: Basis, *, key: SigningKeyPair, now: datetime) -> IssuedAccessToken:
    """Write the row and return the signed token."""
    expires = min(now + settings.ACCESS_TOKEN_LIFETIME, basis.consent.expires_at)
    scope = " ".join(basis.scopes)
    row = AccessToken.objects.create(
        jti=uuid4(),
        kid=key.kid,
        application=basis.application,
        user=basis.account,
        session=basis.session,
        consent=basis.consent,
        token_family=basis.family,
        scope=scope,
        expires=expires,
    )
    claims = {
        # RFC 9068 §2.2. The audience is this provider: no other resource is named yet.
        "iss": settings.ISSUER,
        "aud": settings.ISSUER,
        "sub": basis.subject,
        "client_id": basis.application.client_id,
        "exp": int(expires.timestamp()),
        "iat": int(now.timestamp()),
        "jti": str(row.jti),
        "scope": scope,
        # RFC 9068 §2.2.1.
        **basis.authentication,
    }
    token = jwt.sign(claims, typ=jwt.Typ.ACCESS_TOKEN, key=key)
    return IssuedAccessToken(token, int((expires - now).total_seconds()))
