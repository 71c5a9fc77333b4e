"""What a run checks of its answer, as a client should."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Mistake(StrEnum):
    """What a run does wrong on purpose, to show how that looks."""

    NONE = ""
    NONCE = "nonce"
    STATE = "state"
    VERIFIER = "verifier"
    REDIRECT_URI = "redirect_uri"


class Check(StrEnum):
    """One thing that a client must look at."""

    SIGNED_ANSWER = "signed_answer"
    STATE = "state"
    ISSUER_OF_ANSWER = "iss"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRY = "expiry"
    NONCE = "nonce"


@dataclass(frozen=True)
class Expected:
    """What the client holds the answer against."""

    issuer: str
    client_id: str
    state: str
    nonce: str
    now: float


def of_answer(answer: Mapping[str, str], expected: Expected) -> dict[str, bool]:
    """Return what the redirect back passes (RFC 6749 §10.12, RFC 9207 §2.4)."""
    return {
        Check.STATE: answer.get("state", "") == expected.state,
        Check.ISSUER_OF_ANSWER: answer.get("iss") == expected.issuer,
    }


def of_id_token(
    claims: Mapping[str, Any], expected: Expected, *, is_signed: bool
) -> dict[str, bool]:
    """Return what the ID token passes (OIDC Core §3.1.3.7)."""
    audience = claims.get("aud")
    return {
        Check.SIGNATURE: is_signed,
        Check.ISSUER: claims.get("iss") == expected.issuer,
        Check.AUDIENCE: expected.client_id
        in (audience if isinstance(audience, list) else [audience]),
        Check.EXPIRY: float(claims.get("exp", 0)) > expected.now,
        Check.NONCE: claims.get("nonce", "") == expected.nonce,
    }
