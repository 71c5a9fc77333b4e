"""Which ID tokens of the directory are believed (OpenID Connect Core §3.1.3.7, §12.2)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

# Discovery is believed about addresses, never about which algorithms are safe: "none" and shared
# secrets are not, whatever it lists.
_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]
_CLOCK_SKEW: Final = 30  # seconds
# Its clock may be so much behind ours.
_SIGN_IN_SKEW: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Expected:
    """Whose token it must be and for whom; of a visit, its nonce and when it began."""

    issuer: str
    client_id: str
    nonce: str = field(default="", repr=False)
    since: datetime | None = None


class UnknownKeyError(Exception):
    """None of the keys has the id that the token names."""


def checked(
    token: Mapping[str, Any], keys: Mapping[str, Any], expected: Expected
) -> dict[str, Any]:
    """Return the claims of the ID token in a token response.

    Raises:
        UnknownKeyError: another set of keys may have the one that signed it.
        JoseError: it is not to be believed.
        ValueError: it is none.
    """
    key_set = KeySet(_known(keys["keys"]))
    try:
        found = jwt.decode(token["id_token"], key_set, algorithms=_ALGORITHMS)
    except InvalidKeyIdError as error:
        message = "The directory has no key of this id."
        raise UnknownKeyError(message) from error
    claims = CodeIDToken(
        found.claims,
        found.header,
        {
            "iss": {"essential": True, "value": expected.issuer},
            "sub": {"essential": True},
            "aud": {"essential": True, "value": expected.client_id},
        },
        {
            "nonce": expected.nonce or None,
            "client_id": expected.client_id,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(leeway=_CLOCK_SKEW)
    _check_names(claims, expected)
    _check_sign_in(claims, expected)
    return dict(claims)


def _known(keys: list[dict[str, Any]]) -> list[Key]:
    # RFC 7517 §5: one of a kind that is new must not keep everybody out.
    found = []
    for key in keys:
        with suppress(JoseError, AttributeError, KeyError, TypeError, ValueError):
            found.append(JWKRegistry.import_key(key))
    return found


def _check_names(claims: Mapping[str, Any], expected: Expected) -> None:
    # Ours alone: another audience could hand the token on to us.
    if claims["aud"] not in (expected.client_id, [expected.client_id]):
        message = "The ID token is for others too."
        raise ValueError(message)
    if not isinstance(claims["sub"], str):
        message = "The ID token names nobody."
        raise TypeError(message)


def _check_sign_in(claims: Mapping[str, Any], expected: Expected) -> None:
    # It was asked to have its person sign in now. One that does not heed this would take whoever
    # sits at a shared desk for the one before; one that names no time is believed.
    at = claims.get("auth_time")
    if at is None or expected.since is None:
        return
    if at < (expected.since - _SIGN_IN_SKEW).timestamp():
        message = "The sign-in is older than the visit."
        raise ValueError(message)
