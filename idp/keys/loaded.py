"""Parsed keys, kept in the process by kid: parsing an RSA key costs 40 ms, a row look-up 0.3.

Only keys are kept. Whether one may sign or be trusted is read from its row each time. A kid is
derived from its key, so a kept key never goes stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.security.encryption import decrypt
from idp.keys.material import Algorithm, PrivateKey, PublicKey, parse_private, parse_public


@dataclass(frozen=True)
class SigningKeyPair:
    """A key ready to sign."""

    kid: str
    algorithm: Algorithm
    private: PrivateKey


@dataclass(frozen=True)
class VerifyingKey:
    """A key ready to check a signature, with the one algorithm it may be used for."""

    kid: str
    algorithm: Algorithm
    public: PublicKey


_signing: dict[str, SigningKeyPair] = {}
_verifying: dict[str, VerifyingKey] = {}


def for_signing(kid: str, algorithm: str, stored: str) -> SigningKeyPair:
    """Return the private key of this row, decrypted and parsed at its first use."""
    key = _signing.get(kid)
    if key is None:
        key = SigningKeyPair(kid, Algorithm(algorithm), parse_private(decrypt(stored)))
        _signing[kid] = key
    return key


def kept_for_signing(kid: str) -> SigningKeyPair | None:
    """Return the private key of this kid if this process has parsed it already."""
    return _signing.get(kid)


def for_verifying(jwk: Mapping[str, Any]) -> VerifyingKey:
    """Return the public key of one of our own JWKs, parsed at its first use."""
    key = _verifying.get(jwk["kid"])
    if key is None:
        key = VerifyingKey(jwk["kid"], Algorithm(jwk["alg"]), parse_public(jwk))
        _verifying[key.kid] = key
    return key
