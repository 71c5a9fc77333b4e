"""Reading JWTs in tests by the published keys alone, as a partner would."""

from typing import Any

import jwt
from django.test import Client

ISSUER = "http://localhost:8000"


def header(token: str) -> dict[str, Any]:
    """Return the header, unchecked."""
    return jwt.get_unverified_header(token)


def claims(token: str, audience: str) -> dict[str, Any]:
    """Return the claims, checked against /jwks as served."""
    keys = Client(headers={"host": "localhost"}).get("/jwks").json()
    key = jwt.PyJWKSet.from_dict(keys)[header(token)["kid"]]
    return dict(
        jwt.decode(token, key, algorithms=[header(token)["alg"]], audience=audience, issuer=ISSUER)
    )
