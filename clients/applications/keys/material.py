"""The public key in a JWK (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2)."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | Ed25519PublicKey

LEAST_RSA_BITS: Final = 2048
# A larger one would only cost time at each check.
_MOST_RSA_BITS: Final = 8192
_LARGEST_EXPONENT: Final = 2**32
# RFC 8032 §5.1: the points of order 1, 2, 4 and 8 as they may be written, without the sign of x. A
# signature can be made that fits such a key and anything: whoever has it can deny what it signed.
_SMALL_ORDER: Final = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]{1,1400}")


class MalformedKeyError(ValueError):
    """The members are not those of a public key of this kind."""


class WeakKeyError(ValueError):
    """It could be broken."""


def public_key(jwk: Mapping[str, object]) -> PublicKey:
    """Return the key of a JWK of a kind that we know.

    Raises:
        MalformedKeyError: it is none.
        WeakKeyError: it could be broken.
    """
    return _READERS[kind_of(jwk)](jwk)


def kind_of(jwk: Mapping[str, object]) -> tuple[object, object]:
    """Return `kty` and, where it matters, `crv`."""
    kty = jwk.get("kty")
    return (kty, None) if kty == "RSA" else (kty, jwk.get("crv"))


def is_known(jwk: Mapping[str, object]) -> bool:
    """Say whether it is of a kind that we can check signatures with."""
    kty, crv = kind_of(jwk)
    return isinstance(kty, str) and isinstance(crv, str | None) and (kty, crv) in ALGORITHMS


def _rsa(jwk: Mapping[str, object]) -> PublicKey:
    modulus, exponent = _integer(jwk, "n"), _integer(jwk, "e")
    if modulus.bit_length() < LEAST_RSA_BITS:
        raise WeakKeyError
    fit = exponent < _LARGEST_EXPONENT and modulus.bit_length() <= _MOST_RSA_BITS
    if not fit or exponent % 2 == 0 or modulus % 2 == 0:
        raise MalformedKeyError
    try:
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError as error:
        raise MalformedKeyError from error


def _p256(jwk: Mapping[str, object]) -> PublicKey:
    numbers = ec.EllipticCurvePublicNumbers(_integer(jwk, "x"), _integer(jwk, "y"), ec.SECP256R1())
    try:
        return numbers.public_key()  # a point off the curve is refused
    except ValueError as error:
        raise MalformedKeyError from error


def _ed25519(jwk: Mapping[str, object]) -> PublicKey:
    point = _bytes(jwk, "x")
    if point[:-1] + bytes(byte & 0x7F for byte in point[-1:]) in _SMALL_ORDER:
        raise WeakKeyError
    try:
        return Ed25519PublicKey.from_public_bytes(point)
    except ValueError as error:
        raise MalformedKeyError from error


def _integer(jwk: Mapping[str, object], member: str) -> int:
    return int.from_bytes(_bytes(jwk, member))


def _bytes(jwk: Mapping[str, object], member: str) -> bytes:
    text = jwk.get(member)
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text):
        raise MalformedKeyError
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise MalformedKeyError from error


_READERS: Final[Mapping[tuple[object, object], Callable[[Mapping[str, object]], PublicKey]]] = {
    ("RSA", None): _rsa,
    ("EC", "P-256"): _p256,
    ("OKP", "Ed25519"): _ed25519,
}
# kind -> what may be signed with it (RFC 7518 §3.1, RFC 8037 §3.1); symmetric ones are never here.
ALGORITHMS: Final[Mapping[tuple[object, object], frozenset[str]]] = {
    ("RSA", None): frozenset({"RS256", "PS256"}),
    ("EC", "P-256"): frozenset({"ES256"}),
    ("OKP", "Ed25519"): frozenset({"EdDSA"}),
}
