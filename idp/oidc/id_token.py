"""ID tokens (OIDC Core §2, §3.1.3.6; §12.2 for those of a refresh)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.oidc import brought_along, claims
from idp.oidc.basis import Basis


def details(basis: Basis) -> dict[str, Any]:
    """Return the claims, with values, that the ID token says beside whom it names.

    Details about the resident come from userinfo (§5.4), but those that were asked for here (§5.5).
    What the application called them before comes as `sub` does.
    """
    asked = basis.claims.get("id_token", {})
    shared = claims.shared(basis.account, scopes=(), asked=asked, consent=basis.consent)
    return {**shared, **brought_along.claim(basis.old_ids)}


def make(
    basis: Basis,
    *,
    more: Mapping[str, Any],
    access_token: str,
    key: SigningKeyPair,
    now: datetime,
) -> str:
    """Return the signed ID token; `more` are its details."""
    body = {
        **more,
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
