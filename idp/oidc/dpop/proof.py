"""One DPoP proof, checked by all that it says of itself (RFC 9449 §4.2, §4.3)."""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

from jwt.algorithms import get_default_algorithms

from clients.applications.keys.material import (
    MalformedKeyError,
    PublicKey,
    WeakKeyError,
    is_known,
    kind_of,
    public_key,
)
from clients.applications.keys.rules import PRIVATE_MEMBERS
from idp.keys.material import thumbprint
from idp.oidc import client_jwt
from idp.oidc.client_jwt import RefusedJwtError, Unverified
from idp.oidc.dpop import address

# Of the JOSE header -> of the library. RFC 9864 calls by its curve what RFC 8037 called EdDSA.
ALGORITHMS: Final = {"ES256": "ES256", "PS256": "PS256", "EdDSA": "EdDSA", "Ed25519": "EdDSA"}
_KINDS: Final = {
    "ES256": ("EC", "P-256"),
    "PS256": ("RSA", None),
    "EdDSA": ("OKP", "Ed25519"),
}
_CHECKS: Final = get_default_algorithms()
_HEADER_MEMBERS: Final = frozenset({"typ", "alg", "jwk", "kid"})
_REQUIRED: Final = ("jti", "htm", "htu", "iat")
# It is as new as its nonce says; a resident's own device may have a clock that is minutes late.
_OLDEST: Final = timedelta(minutes=5)
# FAPI 2.0 Security Profile §5.3.2.1: 10 seconds in the future must pass, more than 60 must not.
_AHEAD: Final = timedelta(seconds=60)
# From then on no proof that we have seen would still be taken.
LIFETIME: Final = _OLDEST + _AHEAD


class Reason(StrEnum):
    """Why a proof is refused."""

    NOT_A_JWT = "dpop_not_a_jwt"
    HEADER_MEMBER = "dpop_header_member"
    TYP = "dpop_wrong_typ"
    ALGORITHM = "dpop_algorithm"
    KEY = "dpop_key"
    KEY_PRIVATE = "dpop_private_key"
    SIGNATURE = "dpop_wrong_signature"
    CLAIM_MISSING = "dpop_claim_missing"
    CLAIM_MALFORMED = "dpop_claim_malformed"
    METHOD = "dpop_wrong_method"
    ADDRESS = "dpop_wrong_address"
    TOO_OLD = "dpop_too_old"
    NOT_YET = "dpop_not_yet"
    ACCESS_TOKEN = "dpop_wrong_access_token"


# In ASCII and without quotes, as the texts of all errors (RFC 6749 §5.2).
_PUBLIC: Final[dict[Reason, str]] = {
    Reason.NOT_A_JWT: "The DPoP header must hold one signed JWT in compact form.",
    Reason.HEADER_MEMBER: "The header of the proof may have typ, alg, jwk and kid alone.",
    Reason.TYP: "The typ of the proof must be dpop+jwt.",
    Reason.ALGORITHM: f"The alg of the proof must be one of: {', '.join(ALGORITHMS)}.",
    Reason.KEY: "The jwk of the proof must be a public key that fits its alg.",
    Reason.KEY_PRIVATE: "The jwk of the proof holds the private key: never send it, make another.",
    Reason.SIGNATURE: "The signature of the proof is not by the key in its jwk.",
    Reason.CLAIM_MISSING: "The proof lacks a claim that it needs: jti, htm, htu, iat.",
    Reason.CLAIM_MALFORMED: "A claim of the proof has the wrong type.",
    Reason.METHOD: "The htm of the proof is not the method of this request.",
    Reason.ADDRESS: "The htu of the proof is not the address of this request: {}",
    Reason.TOO_OLD: "The iat of the proof is too long ago, or its exp has passed.",
    Reason.NOT_YET: "The iat or nbf of the proof is in the future: compare your clock to Date.",
    Reason.ACCESS_TOKEN: "The ath of the proof is not the hash of this access token.",
}
_SECTIONS: Final = {Reason.ACCESS_TOKEN: "RFC 9449 §7.1"}


class RefusedProofError(Exception):
    """The proof is refused; `reason` is for the log, `public` for the application's developer.

    `htu`: what the proof gave for it, where another address than `asked` is what was wrong.
    """

    def __init__(self, reason: Reason, *, htu: str = "", asked: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.public = _PUBLIC[reason].format(asked)
        self.section = _SECTIONS.get(reason, "RFC 9449 §4.3")
        self.htu = htu


@dataclass(frozen=True)
class Proof:
    """A proof that is right for its request, and may have been used before.

    `jkt`: the key's thumbprint (RFC 7638). `nonce`: as it came, unchecked.
    """

    jkt: str
    jti: str
    nonce: str
    access_token_hash: str

    def check_access_token(self, token: str) -> None:
        """Refuse a proof that was made for another access token, or for none (§4.3 item 11).

        Raises:
            RefusedProofError: it was.
        """
        digest = sha256(token.encode(errors="surrogatepass")).digest()
        expected = urlsafe_b64encode(digest).rstrip(b"=")
        if not compare_digest(self.access_token_hash.encode(), expected):
            raise RefusedProofError(Reason.ACCESS_TOKEN)


def checked(text: str, *, method: str, addresses: Collection[str], now: datetime) -> Proof:
    """Return what a DPoP header proves of a request with this method to one of these addresses.

    Raises:
        RefusedProofError: it proves nothing.
    """
    try:
        jwt = client_jwt.read(text)
    except RefusedJwtError as error:
        raise RefusedProofError(Reason.NOT_A_JWT) from error
    reason = _header_reason(jwt.header) or _claims_reason(jwt.claims)
    if reason is None and jwt.claims["htm"] != method:
        reason = Reason.METHOD
    if reason is not None:
        raise RefusedProofError(reason)
    _check_address(jwt.claims["htu"], addresses)
    if late := _time_reason(jwt.claims, now):
        raise RefusedProofError(late)
    return Proof(
        jkt=_signed_by(jwt),
        jti=jwt.claims["jti"],
        nonce=jwt.claims.get("nonce", ""),
        access_token_hash=jwt.claims.get("ath", ""),
    )


def _header_reason(header: Mapping[str, Any]) -> Reason | None:
    # As in client_jwt: what `crit` or `x5c` would mean is not known here.
    if not set(header) <= _HEADER_MEMBERS:
        return Reason.HEADER_MEMBER
    typ = header.get("typ")
    if not isinstance(typ, str) or typ.lower().removeprefix("application/") != "dpop+jwt":
        return Reason.TYP
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        return Reason.ALGORITHM
    jwk = header.get("jwk")
    if not isinstance(jwk, dict):
        return Reason.KEY
    if PRIVATE_MEMBERS & jwk.keys():
        return Reason.KEY_PRIVATE
    fits = is_known(jwk) and kind_of(jwk) == _KINDS[ALGORITHMS[algorithm]]
    return None if fits else Reason.KEY


def _claims_reason(claims: Mapping[str, Any]) -> Reason | None:
    if any(name not in claims for name in _REQUIRED):
        return Reason.CLAIM_MISSING
    texts = [claims[name] for name in ("jti", "htm", "htu", "nonce", "ath") if name in claims]
    if not all(isinstance(text, str) and text.isascii() for text in texts) or not claims["jti"]:
        return Reason.CLAIM_MALFORMED
    times = [claims[name] for name in ("iat", "nbf", "exp") if name in claims]
    return None if all(client_jwt.is_time(time) for time in times) else Reason.CLAIM_MALFORMED


def _check_address(htu: str, addresses: Collection[str]) -> None:
    if not any(address.is_same(htu, asked) for asked in addresses):
        raise RefusedProofError(Reason.ADDRESS, htu=htu, asked=" or ".join(addresses))


def _time_reason(claims: Mapping[str, Any], now: datetime) -> Reason | None:
    seconds = now.timestamp()
    earliest, expires = seconds - _OLDEST.total_seconds(), claims.get("exp", seconds + 1)
    if claims["iat"] <= earliest or expires <= seconds:
        return Reason.TOO_OLD
    latest = max(claims["iat"], claims.get("nbf", 0))
    return Reason.NOT_YET if latest > seconds + _AHEAD.total_seconds() else None


def _signed_by(jwt: Unverified) -> str:
    """Return the thumbprint of the key that the proof brings, and is signed by."""
    try:
        key = public_key(jwt.header["jwk"])
    except (MalformedKeyError, WeakKeyError) as error:
        raise RefusedProofError(Reason.KEY) from error
    algorithm = _CHECKS[ALGORITHMS[jwt.header["alg"]]]
    if not algorithm.verify(jwt.signed, key, jwt.signature):
        raise RefusedProofError(Reason.SIGNATURE)
    return _thumbprint(key, algorithm)


def _thumbprint(key: PublicKey, algorithm: Any) -> str:  # noqa: ANN401 - any of the library's
    # Of the key as read, not as sent: the same key written in another way is the same key.
    return thumbprint(algorithm.to_jwk(key, as_dict=True))
