"""Key pairs as bytes and as JWKs; no tables."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

RSA_BITS: Final = 2048
_RSA_EXPONENT: Final = 65537
# RFC 7638 §3.2, RFC 8037 §2.
_THUMBPRINT_MEMBERS: Final = {
    "EC": ("crv", "kty", "x", "y"),
    "OKP": ("crv", "kty", "x"),
    "RSA": ("e", "kty", "n"),
}
_PARSERS: Final[dict[str, Callable[[dict[str, Any]], object]]] = {
    "EC": ECAlgorithm.from_jwk,
    "OKP": OKPAlgorithm.from_jwk,
    "RSA": RSAAlgorithm.from_jwk,
}


class Algorithm(StrEnum):
    """What we sign with (RFC 7518 §3.1); EdDSA by Ed25519 alone (RFC 8037 §3.1)."""

    ES256 = "ES256"
    RS256 = "RS256"
    PS256 = "PS256"
    EDDSA = "EdDSA"


@dataclass(frozen=True)
class KeyPair:
    """A new key pair: the public half as a JWK, the private one as PKCS #8 DER."""

    kid: str
    algorithm: Algorithm
    public_jwk: dict[str, str]
    private_der: bytes


def generate(algorithm: Algorithm) -> KeyPair:
    """Return a new key pair; RSA takes about 75 ms."""
    pair = _any(algorithm)
    # A name that begins with a hyphen would be an option on every command line.
    return generate(algorithm) if pair.kid.startswith("-") else pair


def _any(algorithm: Algorithm) -> KeyPair:
    private: PrivateKey
    members: dict[str, Any]
    if algorithm is Algorithm.ES256:
        private = ec.generate_private_key(ec.SECP256R1())
        members = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    elif algorithm is Algorithm.EDDSA:
        private = ed25519.Ed25519PrivateKey.generate()
        members = OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    else:
        private = rsa.generate_private_key(_RSA_EXPONENT, RSA_BITS)
        members = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    public = {name: members[name] for name in _THUMBPRINT_MEMBERS[members["kty"]]}
    kid = thumbprint(public)
    return KeyPair(
        kid=kid,
        algorithm=algorithm,
        public_jwk={**public, "kid": kid, "use": "sig", "alg": algorithm.value},
        private_der=private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    )


def thumbprint(jwk: Mapping[str, str]) -> str:
    """Return the key's name made from the key itself (RFC 7638 §3)."""
    required = {name: jwk[name] for name in _THUMBPRINT_MEMBERS[jwk["kty"]]}
    # RFC 7638 §3.3: required members only, sorted, no white space.
    canonical = json.dumps(required, sort_keys=True, separators=(",", ":")).encode()
    return urlsafe_b64encode(sha256(canonical).digest()).rstrip(b"=").decode()


def parse_private(der: bytes) -> PrivateKey:
    """Return the private key in `der`; RSA takes about 40 ms."""
    key = load_der_private_key(der, password=None)
    if not isinstance(key, PrivateKey):
        message = f"{type(key).__name__} is not a kind of key we sign with"
        raise TypeError(message)
    return key


def parse_public(jwk: Mapping[str, Any]) -> PublicKey:
    """Return the public key of one of our own JWKs."""
    key = _PARSERS[jwk["kty"]](dict(jwk))
    if not isinstance(key, PublicKey):
        message = "a published JWK holds a private key"
        raise TypeError(message)
    return key
