"""ID tokens (OIDC Core §2, §3.1.3.6; §12.2 for those of a refresh)."""

from datetime import datetime

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.oidc import claims
from idp.oidc.basis import Basis


def make(basis: Basis, *, access_token: str, key: SigningKeyPair, now: datetime) -> str:
    """Return the signed ID token.

    Details about the resident come from userinfo (§5.4), but those that were asked for here (§5.5).
    """
    asked = basis.claims.get("id_token", {})
    agreed = basis.consent.claims
    body = {
        **claims.shared(basis.account, scopes=(), asked=asked, agreed=agreed),
        "iss": settings.ISSUER,
        "sub": basis.subject,
        "aud": basis.application.client_id,
        "exp": int((now + settings.ID_TOKEN_LIFETIME).timestamp()),
        "iat": int(now.timestamp()),
        "sid": basis.participant.sid,
        "at_hash": jwt.left_half_hash(access_token, key.algorithm),
        **basis.authentication,
    }
    if basis.nonce:
        body["nonce"] = basis.nonce
    return jwt.sign(body, typ=jwt.Typ.ID_TOKEN, key=key)
