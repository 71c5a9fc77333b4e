"""A JWT is ours only if a published key of ours made it, for this use."""

import jwt as pyjwt
import pytest
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from idp.keys import jwt, operations, queries
from idp.keys.loaded import SigningKeyPair
from idp.keys.material import Algorithm
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> SigningKeyPair:
    factories.signing_keys()
    return queries.signing_key("ES256")


def claims(**changes: object) -> dict[str, object]:
    now = int(timezone.now().timestamp())
    return {
        "iss": settings.ISSUER,
        "sub": "somebody",
        "aud": "service",
        "iat": now,
        "exp": now + 60,
        **changes,
    }


def hint(key: SigningKeyPair, **changes: object) -> str:
    return jwt.sign(claims(**changes), typ=jwt.Typ.ID_TOKEN, key=key)


def test_our_own_token_verifies(key: SigningKeyPair) -> None:
    assert jwt.verify(hint(key), typ=jwt.Typ.ID_TOKEN, audience="service")["sub"] == "somebody"


def test_another_audience_is_refused_unless_the_caller_checks_it(
    key: SigningKeyPair,
) -> None:
    with pytest.raises(jwt.NotOurs):
        jwt.verify(hint(key), typ=jwt.Typ.ID_TOKEN, audience="other")
    assert jwt.verify(hint(key), typ=jwt.Typ.ID_TOKEN)["aud"] == "service"


@pytest.mark.parametrize("change", [{"iss": "https://evil.example"}, {"exp": 0}, {"sub": None}])
def test_wrong_claims_are_refused(key: SigningKeyPair, change: dict[str, object]) -> None:
    with pytest.raises(jwt.NotOurs):
        jwt.verify(hint(key, **change), typ=jwt.Typ.ID_TOKEN)


def test_an_expired_hint_is_accepted_where_asked_for(key: SigningKeyPair) -> None:
    token = hint(key, exp=1, iat=0)
    assert jwt.verify(token, typ=jwt.Typ.ID_TOKEN, expired_too=True)["sub"] == "somebody"


def test_one_kind_of_token_never_passes_for_another(key: SigningKeyPair) -> None:
    access = jwt.sign(claims(), typ=jwt.Typ.ACCESS_TOKEN, key=key)
    with pytest.raises(jwt.NotOurs, match="wrong_typ"):
        jwt.verify(access, typ=jwt.Typ.ID_TOKEN)


def test_a_hint_signed_by_a_retired_key_verifies(key: SigningKeyPair) -> None:
    token = hint(key)
    operations.rotate(key.algorithm, by=OPERATOR)
    assert jwt.verify(token, typ=jwt.Typ.ID_TOKEN)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_algorithm_signs_what_it_verifies(algorithm: Algorithm) -> None:
    factories.signing_keys()
    token = hint(queries.signing_key(algorithm))
    assert pyjwt.get_unverified_header(token)["alg"] == algorithm
    assert jwt.verify(token, typ=jwt.Typ.ID_TOKEN)["sub"] == "somebody"


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_verifies_nothing_by_another_algorithm(algorithm: Algorithm) -> None:
    """RFC 8725 §3.1: RS256 and PS256 keys are alike, and a public key is no HMAC secret."""
    factories.signing_keys()
    key = queries.signing_key(algorithm)
    for row in queries.published():
        if row["kid"] == key.kid:
            continue
        token = pyjwt.encode(
            claims(),
            key.private,
            algorithm=algorithm.value,
            headers={"typ": "JWT", "kid": row["kid"]},
        )
        with pytest.raises(jwt.NotOurs, match="Invalid"):
            jwt.verify(token, typ=jwt.Typ.ID_TOKEN)


def test_a_key_for_rs256_signs_nothing_by_ps256() -> None:
    factories.signing_keys()
    key = queries.signing_key("RS256")
    headers = {"typ": "JWT", "kid": key.kid}
    token = pyjwt.encode(claims(), key.private, algorithm="PS256", headers=headers)
    with pytest.raises(jwt.NotOurs, match="InvalidAlgorithmError"):
        jwt.verify(token, typ=jwt.Typ.ID_TOKEN)


def test_a_hint_signed_by_a_revoked_key_does_not(key: SigningKeyPair) -> None:
    token = hint(key)
    operations.revoke(key.kid, by=OPERATOR)
    with pytest.raises(jwt.NotOurs, match="unknown_or_revoked_key"):
        jwt.verify(token, typ=jwt.Typ.ID_TOKEN)


@pytest.mark.parametrize(
    "headers", [{"kid": "unknown"}, {"crit": ["exp"]}, {"jku": "https://evil.example"}, {"typ": 1}]
)
def test_foreign_headers_are_refused(key: SigningKeyPair, headers: dict[str, object]) -> None:
    headers = {"kid": key.kid, "typ": "JWT", **headers}
    token = pyjwt.encode(claims(), key.private, algorithm="ES256", headers=headers)
    with pytest.raises(jwt.NotOurs):
        jwt.verify(token, typ=jwt.Typ.ID_TOKEN)


@pytest.mark.parametrize(
    "token",
    ["", "a", "a.b", "a.b.c", "e30.e30.e30", "é.é.é", "\udce9.a.b", "A" * 10**6, "..", "\0"],
)
def test_nonsense_is_refused(token: str) -> None:
    with pytest.raises(jwt.NotOurs):
        jwt.verify(token, typ=jwt.Typ.ID_TOKEN)
