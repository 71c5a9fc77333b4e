"""JWTs that we sign, and the check that one is ours (RFC 7519, RFC 8725)."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256, sha512
from typing import Any, Final

import jwt
from django.conf import settings
from jwt.utils import base64url_decode

from idp.keys import queries
from idp.keys.loaded import SigningKeyPair, VerifyingKey
from idp.keys.material import Algorithm

# Decoding is bounded before any parsing. Most that we issue are below 2 kB; an ID token may hold a
# name and an address besides, in a script of which each character takes six bytes of JSON.
MAX_LENGTH: Final = 12 * 1024
_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HEADER_MEMBERS: Final = {"alg", "kid", "typ"}
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat")


class Typ(StrEnum):
    """The `typ` header: a JWT of one kind is never taken for another (RFC 8725 §3.11)."""

    ID_TOKEN = "JWT"
    # No specification gives it one of its own; it never has the `exp` that hints must have.
    USERINFO = "JWT"
    # Nor to this one (JARM §2.1), which never has the `sub` that hints must have.
    AUTHORIZATION_RESPONSE = "JWT"
    ACCESS_TOKEN = "at+jwt"
    LOGOUT_TOKEN = "logout+jwt"
    SECURITY_EVENT = "secevent+jwt"
    RECEIPT = "consent-receipt+jwt"
    INTROSPECTION = "token-introspection+jwt"


class NotOurs(Exception):  # noqa: N818 - a statement about the token, not about us
    """The token is not one that we signed for this use; `reason` is for the log."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Unverified:
    """What a token says of itself before its signature was checked: good for look-ups only."""

    kid: str
    claims: Mapping[str, Any]


def sign(claims: Mapping[str, Any], *, typ: Typ, key: SigningKeyPair) -> str:
    """Return the claims as a signed JWT."""
    headers = {"typ": typ.value, "kid": key.kid}
    return jwt.encode(dict(claims), key.private, algorithm=key.algorithm.value, headers=headers)


def peek(token: str, *, typ: Typ) -> Unverified:
    """Return what a token says of itself, unchecked.

    Raises:
        NotOurs: it cannot be a JWT of this kind of ours, whatever its signature.
    """
    if len(token) > MAX_LENGTH or not _COMPACT.fullmatch(token):
        raise NotOurs(reason="not_a_jwt")
    try:
        header, claims = (_parsed(part) for part in token.split(".")[:2])
    except (TypeError, ValueError, RecursionError) as error:
        raise NotOurs(reason="not_a_jwt") from error
    # We set exactly these; `crit`, `jwk`, `jku` or `x5u` mean that somebody else made it.
    if set(header) != _HEADER_MEMBERS:
        raise NotOurs(reason="foreign_header")
    if header["typ"] != typ.value:
        raise NotOurs(reason="wrong_typ")
    return Unverified(kid=str(header["kid"]), claims=claims)


def read_unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the header and claims of a token that we have just made, to be shown."""
    header, claims = (_parsed(part) for part in token.split(".")[:2])
    return header, claims


def _parsed(part: str) -> dict[str, Any]:
    found = json.loads(base64url_decode(part).decode(), object_pairs_hook=_each_once)
    if not isinstance(found, dict):
        message = "no JSON object"
        raise TypeError(message)
    return found


def _each_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what two readers would read differently (RFC 8725 §2.4, RFC 7515 §4)."""
    found = dict(members)
    if len(found) != len(members):
        message = "a member comes twice"
        raise ValueError(message)
    return found


def check(
    token: str,
    *,
    key: VerifyingKey,
    audience: str | None,
    expired_too: bool = False,
    required: Sequence[str] = _REQUIRED,
) -> dict[str, Any]:
    """Return the claims of a token whose signature, issuer, audience and time are right.

    `audience` None leaves `aud` to the caller; `required` are the claims that it must have.

    Raises:
        NotOurs: anything is wrong with it.
    """
    try:
        # The algorithm is the key's, never the header's (RFC 8725 §3.1).
        return dict(
            jwt.decode(
                token,
                key.public,
                algorithms=[key.algorithm.value],
                issuer=settings.ISSUER,
                audience=audience,
                options={
                    "require": list(required),
                    "verify_aud": audience is not None,
                    "verify_exp": not expired_too,
                },
            )
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
        raise NotOurs(reason=type(error).__name__) from error


def verify(
    token: str,
    *,
    typ: Typ,
    audience: str | None = None,
    expired_too: bool = False,
    required: Sequence[str] = _REQUIRED,
) -> dict[str, Any]:
    """Return the claims of a token of ours, signed by a key that is published and not revoked.

    For hints (OIDC Core §3.1.2.1, RP-Initiated Logout §2), `expired_too` accepts an old one. A
    signed answer has fewer claims than are `required` of other tokens (JARM §2.1).

    Raises:
        NotOurs: it is none.
    """
    key = queries.verifying_key(peek(token, typ=typ).kid)
    if key is None:
        raise NotOurs(reason="unknown_or_revoked_key")
    return check(token, key=key, audience=audience, expired_too=expired_too, required=required)


def left_half_hash(value: str, algorithm: Algorithm) -> str:
    """Return `at_hash` of a token, by the hash that the algorithm uses (OIDC Core §3.1.3.6)."""
    # RFC 8032 §5.1: Ed25519 is made with SHA-512.
    hashed = sha512 if algorithm is Algorithm.EDDSA else sha256
    digest = hashed(value.encode("ascii")).digest()
    return urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
