"""Public keys in PEM: what openssl prints is read, whatever kind of key it is."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clients.applications.keys import pem
from clients.applications.keys.material import MalformedKeyError
from clients.applications.keys.rules import KeysProblem, algorithms_of, set_problems

pytestmark = pytest.mark.once


def _public(private: PrivateKeyTypes) -> str:
    public = private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize(
    "made, algorithms",
    [
        (lambda: ec.generate_private_key(ec.SECP256R1()), {"ES256"}),
        (lambda: rsa.generate_private_key(65537, 2048), {"RS256", "PS256"}),
        (Ed25519PrivateKey.generate, {"EdDSA"}),
    ],
)
def test_a_key_that_signs_here_is_read(
    made: Callable[[], PrivateKeyTypes], algorithms: set[str]
) -> None:
    text = _public(made())
    assert pem.is_pem(text)
    assert not pem.holds_private_key(text)
    found = pem.jwk_set(text)
    assert not list(set_problems(found))
    (key,) = found["keys"]
    assert algorithms_of(key) == algorithms


@pytest.mark.parametrize(
    "made, problem",
    [
        (lambda: ec.generate_private_key(ec.SECP384R1()), KeysProblem.NONE_FITS),
        (lambda: rsa.generate_private_key(65537, 1024), KeysProblem.WEAK),  # noqa: S505 - refused
    ],
)
def test_one_that_does_not_fit_is_judged_as_any_other(
    made: Callable[[], PrivateKeyTypes], problem: KeysProblem
) -> None:
    assert [one for one, _key in set_problems(pem.jwk_set(_public(made())))] == [problem]


@pytest.mark.parametrize(
    "text",
    [
        _public(ec.generate_private_key(ec.BrainpoolP256R1())),
        _public(x25519.X25519PrivateKey.generate()),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n\u202e\n-----END PUBLIC KEY-----",
        "-----BEGIN " * 5000,
    ],
)
def test_what_is_no_key_for_signatures_here_is_refused(text: str) -> None:
    with pytest.raises(MalformedKeyError):
        pem.jwk_set(text)


@pytest.mark.parametrize("label", ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"])
def test_a_private_key_is_known_by_its_label_wherever_it_stands(label: str) -> None:
    assert pem.holds_private_key(f"here it is: -----BEGIN {label}-----")
    assert not pem.holds_private_key(f"-----BEGIN {label}")
