"""Logout tokens (OIDC Back-Channel Logout §2.4)."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.models import Delivery

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
# §2.4: short, so that one caught on its way is soon of no use; each try has its own.
_LIFETIME: Final = timedelta(minutes=2)


def make(delivery: Delivery, *, key: SigningKeyPair, now: datetime) -> str:
    """Return the signed token; its `jti` is the same at every try, so that one counts."""
    claims = {
        "iss": settings.ISSUER,
        "aud": delivery.application.client_id,
        "iat": int(now.timestamp()),
        "exp": int((now + _LIFETIME).timestamp()),
        "jti": str(delivery.pk),
        "sub": delivery.subject,
        "sid": delivery.sid,
        # Its one member is an empty object; a nonce is forbidden, so that no ID token is like it.
        "events": {EVENT: {}},
    }
    return jwt.sign(claims, typ=jwt.Typ.LOGOUT_TOKEN, key=key)
