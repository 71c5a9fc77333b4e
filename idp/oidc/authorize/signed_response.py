"""Answers to authorization requests as one JWT (JARM, FAPI 2.0 Message Signing §5.4.1)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from clients.models import Application
from idp.keys import jwt
from idp.keys import queries as keys

PARAMETER: Final = "response"
# JARM §2.1: at most ten minutes. A browser brings it at once.
_LIFETIME: Final = timedelta(minutes=2)


def can_sign(application: Application) -> bool:
    """Say whether there is a key for the application's algorithm."""
    try:
        keys.signing_key(application.algorithm)
    except keys.NoSigningKeyError:
        return False
    return True


def signed(answer: Mapping[str, str], application: Application) -> dict[str, str]:
    """Return what is sent instead of the answer: nothing of it stands outside (JARM §2.3)."""
    claims = {
        # §2.1; `iss` of RFC 9207 is the same.
        **answer,
        "iss": settings.ISSUER,
        "aud": application.client_id,
        "exp": int((timezone.now() + _LIFETIME).timestamp()),
    }
    key = keys.signing_key(application.algorithm)
    return {PARAMETER: jwt.sign(claims, typ=jwt.Typ.AUTHORIZATION_RESPONSE, key=key)}
