"""Which public keys an application may register, and which of a fetched set count."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from accounts.security.outgoing.rules import UrlProblem
from clients.applications.keys.material import public_key
from clients.applications.keys.rules import (
    LARGEST_SET,
    MOST_KEYS,
    Keys,
    KeysProblem,
    fitting,
    kept_keys,
    registered_problems,
    set_problems,
    stored_set,
)
from tests.protocol.signing import signing_key

P = KeysProblem
EC: dict[str, Any] = {**signing_key("ES256").jwk, "kid": "ec"}
RSA: dict[str, Any] = {**signing_key("RS256").jwk, "kid": "rsa"}
ED: dict[str, Any] = {**signing_key("EdDSA").jwk, "kid": "ed"}
PRIVATE_EC = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()), as_dict=True)
PRIVATE_RSA = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048), as_dict=True)
P384 = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()).public_key(), as_dict=True)

# By such a key of Ed25519 a signature can be made that fits everything (RFC 8032 §5.1).
SMALL_ORDER = [
    "A" * 43,
    "A" * 41 + "IA",  # the same, with the sign of x
    "AQ" + "A" * 41,
    "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU",
    "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA_o",
    "7P" + "_" * 39 + "38",
    "7f" + "_" * 39 + "38",
    "7v" + "_" * 39 + "38",
]


def rsa_jwk(bits: int, exponent: int = 65537) -> dict[str, Any]:
    return RSAAlgorithm.to_jwk(rsa.generate_private_key(exponent, bits).public_key(), as_dict=True)


def without(jwk: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in jwk.items() if name not in names}


def problems(*keys: object) -> list[str]:
    return [problem for problem, _named in set_problems({"keys": list(keys)})]


@pytest.mark.parametrize(
    "keys",
    [
        *([EC], [RSA], [ED], [EC, RSA, ED]),
        [{**EC, "use": "sig", "alg": "ES256", "key_ops": ["verify"]}],
        [without(EC, "kid")],
        # RFC 7517 §5: what is for encryption or of an unknown kind is passed over.
        [EC, {**EC, "use": "enc"}],
        [EC, {**P384, "kid": "p384"}, {"kty": "AKP", "kid": "new"}, {"kid": "no kind"}],
        [EC, {**RSA, "alg": "RSA-OAEP", "kid": "ec"}],
        [rsa_jwk(2048, 3)],
    ],
)
def test_public_keys_for_signatures_are_fit(keys: list[dict[str, Any]]) -> None:
    assert problems(*keys) == []


@pytest.mark.parametrize(
    "jwks", [None, [], "keys", 1, {}, {"keys": None}, {"keys": {}}, {"keys": [1]}, {"keys": ["x"]}]
)
def test_what_is_no_set_is_refused(jwks: object) -> None:
    assert [problem for problem, _named in set_problems(jwks)] == [P.NOT_A_SET]
    assert kept_keys(jwks) == []


@pytest.mark.parametrize(
    "key, problem",
    [
        (PRIVATE_EC, P.PRIVATE),
        (PRIVATE_RSA, P.PRIVATE),
        ({**EC, "d": "AAAA"}, P.PRIVATE),
        ({**EC, "use": "enc", "d": "AAAA"}, P.PRIVATE),
        ({"kty": "oct", "k": "c2VjcmV0"}, P.SYMMETRIC),
        ({"kty": "oct"}, P.SYMMETRIC),
        ({**RSA, "k": "c2VjcmV0"}, P.PRIVATE),
        (rsa_jwk(1024), P.WEAK),
        (rsa_jwk(2047), P.WEAK),
        *(({**ED, "x": point}, P.WEAK) for point in SMALL_ORDER),
        (without(EC, "y"), P.MALFORMED),
        ({**EC, "x": EC["y"], "y": EC["x"]}, P.MALFORMED),
        ({**EC, "x": "AAAA"}, P.MALFORMED),
        ({**EC, "x": 1}, P.MALFORMED),
        ({**EC, "x": "not base64"}, P.MALFORMED),
        ({**EC, "x": "A" * 5000}, P.MALFORMED),
        ({**ED, "x": "AAAA"}, P.MALFORMED),
        ({**RSA, "e": "AA"}, P.MALFORMED),
        ({**RSA, "e": "AQ"}, P.MALFORMED),
        ({**RSA, "e": "AQAAAAAB"}, P.MALFORMED),
        (without(RSA, "n"), P.MALFORMED),
        ({**EC, "kid": ""}, P.KID_UNFIT),
        ({**EC, "kid": 1}, P.KID_UNFIT),
        ({**EC, "kid": "x" * 201}, P.KID_UNFIT),
        ({**EC, "kid": "a\nb"}, P.KID_UNFIT),
    ],
)
def test_a_key_that_is_private_weak_or_broken_is_refused_and_never_used(
    key: dict[str, Any], problem: str
) -> None:
    assert problems(key) == [problem]
    assert problems(ED, key) == [problem]
    assert kept_keys({"keys": [key, ED]}) == [ED]


@pytest.mark.parametrize(
    "keys, problem",
    [
        ([], P.NONE_FITS),
        ([{**EC, "use": "enc"}], P.NONE_FITS),
        ([{**EC, "key_ops": ["encrypt"]}], P.NONE_FITS),
        ([{**EC, "key_ops": "verify"}], P.NONE_FITS),
        ([{**EC, "alg": "ES384"}], P.NONE_FITS),
        ([P384], P.NONE_FITS),
        ([{"kty": ["EC"], "crv": {}}], P.NONE_FITS),
        ([EC, {**RSA, "kid": "ec"}], P.KID_REPEATED),
        ([EC, without(RSA, "kid")], P.KID_MISSING),
        ([EC] * (MOST_KEYS + 1), P.TOO_MANY),
        ([{**EC, "x5c": ["x" * LARGEST_SET]}], P.TOO_LARGE),
    ],
)
def test_a_set_that_tells_no_key_is_refused(keys: list[Any], problem: str) -> None:
    assert problems(*keys) == [problem]


def test_what_is_kept_is_what_has_a_meaning_here() -> None:
    decorated = {**EC, "x5c": ["MIIB"], "ext": True, "use": "sig", "alg": "\0"}
    assert stored_set({"keys": [decorated], "more": 1}) == {"keys": [{**EC, "use": "sig"}]}
    assert stored_set(None) is None


def test_a_key_is_found_by_its_name_or_by_being_the_only_one() -> None:
    keys = [EC, RSA, ED]
    assert fitting(keys, kid="rsa", algorithm="PS256") == [RSA]
    assert fitting(keys, kid=None, algorithm="ES256") == [EC]
    assert fitting(keys, kid="rsa", algorithm="ES256") == []
    assert fitting(keys, kid="unknown", algorithm="ES256") == []
    nameless = without(EC, "kid")
    assert fitting([nameless], kid="whatever", algorithm="ES256") == [nameless]
    assert fitting([nameless, EC], kid="ec", algorithm="ES256") == [EC]


@pytest.mark.parametrize(
    "keys, needed, found",
    [
        (Keys(), False, []),
        (Keys(), True, [("jwks", P.MISSING)]),
        (Keys({"keys": [EC]}), True, []),
        (Keys(jwks_uri="https://service.example.org/jwks"), True, []),
        (Keys({"keys": [EC]}, "https://service.example.org/"), False, [("jwks_uri", P.TWICE)]),
        (Keys({"keys": []}), False, [("jwks", P.NONE_FITS)]),
        (Keys(jwks_uri="http://service.example.org/"), True, [("jwks_uri", UrlProblem.SCHEME)]),
        (Keys(jwks_uri="https://127.0.0.1/"), True, [("jwks_uri", UrlProblem.HOST_IS_NUMBER)]),
        (Keys(jwks_uri="https://keys.internal/"), True, [("jwks_uri", UrlProblem.HOST_INSIDE)]),
        (Keys(jwks_uri="https://keys.internal:8443/"), True, []),
    ],
)
def test_keys_are_registered_by_value_or_by_address(
    keys: Keys,
    needed: bool,  # noqa: FBT001 - from the parameters
    found: list[tuple[str, str]],
) -> None:
    listed = registered_problems(keys, needed=needed, allowed=("keys.internal:8443",))
    assert [(part, problem) for part, problem, _value in listed] == found


MEMBERS = st.sampled_from(["kty", "crv", "x", "y", "n", "e", "kid", "alg", "use", "key_ops", "d"])
VALUES = st.one_of(
    st.sampled_from(["EC", "RSA", "OKP", "P-256", "Ed25519", "sig", "AQAB", EC["x"], RSA["n"]]),
    st.none() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=3), max_size=2),
)


@given(st.lists(st.dictionaries(MEMBERS, VALUES), max_size=4))
def test_no_set_breaks_the_reading_and_what_is_kept_can_be_used(keys: list[Any]) -> None:
    list(set_problems({"keys": keys}))
    for jwk in kept_keys({"keys": keys}):
        public_key(jwk)
