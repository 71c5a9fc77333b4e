"""What every module checks of every ID token (OIDC Core §3.1.3.7)."""

from base64 import urlsafe_b64encode
from hashlib import sha256, sha512
from typing import Any

import jwt

from tests.protocol.conformance.provider import Provider

_MOST_SKEW = 300


def claims_of(
    provider: Provider,
    id_token: str,
    *,
    client_id: str,
    nonce: str | None,
    hashed: dict[str, str],
) -> dict[str, Any]:
    """Return the claims of an ID token that nothing is wrong with; `hashed`: claim -> of what."""
    header, claims = verified(provider, id_token)
    now = provider.now()
    assert claims["iss"] == provider.issuer
    assert claims["aud"] in (client_id, [client_id])
    assert claims.get("azp", client_id) == client_id
    assert now < claims["exp"]
    assert abs(now - claims["iat"]) <= _MOST_SKEW
    assert 0 < len(claims["sub"]) <= 255
    assert claims["sub"].isascii()
    assert claims.get("nonce") == nonce
    if "auth_time" in claims:
        assert now - 12 * 3600 < claims["auth_time"] <= claims["iat"]
    for name in hashed.keys() & claims.keys():
        assert claims[name] == _half_hash(hashed[name], header["alg"])
    assert no_empty_value(claims)
    return claims


def verified(provider: Provider, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims of a JWT that a published key signed, named by its `kid`."""
    header = jwt.get_unverified_header(token)
    (key,) = (key for key in provider.jwks() if key["kid"] == header["kid"])
    assert key.get("alg", header["alg"]) == header["alg"]
    assert key.get("use", "sig") == "sig"
    # Times are by the provider's clock, which may be ahead of ours: they are compared above.
    options: Any = {"verify_aud": False, "verify_exp": False, "verify_iat": False}
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=[header["alg"]], options=options)
    return header, claims


def no_empty_value(claims: dict[str, Any]) -> bool:
    """Say whether every claim that is there has a value (OIDC Core §5.3.2)."""
    return all(value not in (None, "") for value in claims.values())


def _half_hash(text: str, algorithm: str) -> str:
    digest = (sha512 if algorithm == "EdDSA" else sha256)(text.encode()).digest()
    return urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
