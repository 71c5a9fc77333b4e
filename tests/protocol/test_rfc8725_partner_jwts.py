"""JWTs of applications, as hostile as they come: RFC 7515, RFC 8725."""

import hmac
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idp.models import UsedJti
from idp.oidc import client_jwt
from idp.oidc.client_jwt import Expected, Reason, RefusedJwtError
from tests.protocol.partner import refused
from tests.protocol.signing import ISSUER, SigningPartner, encoded, signing_key

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

EXPECTED = Expected(types=("", "jwt"), audiences=(ISSUER,), about_itself=True)
hostile = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def partner() -> SigningPartner:
    return SigningPartner.keyed()


def reason(partner: SigningPartner, token: str) -> Reason:
    """Return why it is refused, after the revocation endpoint refused it as an assertion too."""
    assert is_refused(partner.present(token))
    with pytest.raises(RefusedJwtError) as found:
        client_jwt.verify(client_jwt.read(token), partner.application, EXPECTED)
    # RFC 6749 §5.2.
    assert found.value.public.isascii()
    assert not set('"\\') & set(found.value.public)
    return found.value.reason


def is_refused(answer: "Answer") -> bool:
    assert not UsedJti.objects.exists()
    return refused(answer, "invalid_client", 401)


class TestAlgorithms:
    """RFC 8725 §3.1, §3.2: the key says which algorithm, never the JWT."""

    @pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE"])
    @pytest.mark.parametrize("signature", ["", "signed"])
    def test_none_is_refused(self, partner: SigningPartner, name: str, signature: str) -> None:
        head, claims, right = partner.key.sign(partner.claims(), alg=name).split(".")
        token = f"{head}.{claims}.{right if signature else ''}"
        assert reason(partner, token) == Reason.UNSIGNED

    def test_no_algorithm_at_all_is_refused(self, partner: SigningPartner) -> None:
        token = partner.key.sign(partner.claims(), alg=None)
        assert reason(partner, token) == Reason.UNSIGNED

    @pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
    @pytest.mark.parametrize("form", ["pem", "jwk"])
    def test_a_public_key_is_no_shared_secret(self, algorithm: str, form: str) -> None:
        partner = SigningPartner.keyed(algorithm)
        public = partner.key.private.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        secret = pem if form == "pem" else json.dumps(partner.key.jwk).encode()
        head = encoded(json.dumps({"alg": "HS256", "kid": partner.key.kid}).encode())
        signed = f"{head}.{encoded(json.dumps(partner.claims()).encode())}"
        token = f"{signed}.{encoded(hmac.digest(secret, signed.encode(), sha256))}"
        assert reason(partner, token) == Reason.ALGORITHM

    @pytest.mark.parametrize("name", ["HS256", "ES384", "ES512", "RS384", "RS1", "ES256K", "es256"])
    def test_an_algorithm_beyond_the_metadata_is_refused(
        self, partner: SigningPartner, name: str
    ) -> None:
        assert reason(partner, partner.key.sign(partner.claims(), alg=name)) == Reason.ALGORITHM

    @pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256", "EdDSA"])
    @pytest.mark.parametrize("said", ["ES256", "RS256", "PS256", "EdDSA"])
    def test_the_signature_is_checked_by_what_key_and_header_agree_on(
        self, algorithm: str, said: str
    ) -> None:
        partner = SigningPartner.keyed(algorithm)
        token = partner.key.sign(partner.claims(), alg=said)
        if algorithm == said:
            assert partner.present(token).status_code == 200
        elif {algorithm, said} == {"RS256", "PS256"}:
            assert reason(partner, token) == Reason.SIGNATURE
        else:
            assert reason(partner, token) == Reason.NO_KEY

    def test_a_key_with_an_algorithm_of_its_own_is_used_for_no_other(self) -> None:
        key = signing_key("PS256")
        partner = SigningPartner.keyed("RS256", jwks={"keys": [{**key.jwk, "alg": "RS256"}]})
        assert reason(partner, key.sign(partner.claims())) == Reason.NO_KEY

    @pytest.mark.parametrize("bits", [1024, 2047])
    def test_a_weak_key_that_got_in_is_not_used(self, bits: int) -> None:
        key = signing_key("RS256", bits=bits)
        partner = SigningPartner.keyed("RS256", jwks={"keys": [key.jwk]})
        assert reason(partner, key.sign(partner.claims())) == Reason.NO_KEY


class TestHeader:
    """RFC 7515 §4.1, RFC 8725 §3.10: a JWT brings no key of its own, and nothing critical."""

    @pytest.mark.parametrize(
        "member",
        [
            *({"crit": ["exp"]}, {"crit": []}, {"b64": False}, {"b64": False, "crit": ["b64"]}),
            *({"jku": "https://evil.example.org/jwks"}, {"x5u": "https://evil.example.org/"}),
            *({"x5c": ["MIIB"]}, {"enc": "A128GCM"}, {"x": 1}),
        ],
    )
    def test_anything_else_is_refused(
        self, partner: SigningPartner, member: dict[str, Any]
    ) -> None:
        token = partner.key.sign(partner.claims(), **member)
        assert reason(partner, token) == Reason.HEADER_MEMBER

    @pytest.mark.parametrize("member", ["x5t", "x5t#S256"])
    def test_a_thumbprint_brings_no_key_and_chooses_none(
        self, partner: SigningPartner, member: str
    ) -> None:
        """RFC 7515 §4.1.7: libraries whose keys are in certificates send it."""
        thumbprint = {member: "of-some-certificate"}
        stranger = signing_key(partner.key.algorithm, "stranger")
        forged = stranger.sign(partner.claims(), kid=partner.key.kid, **thumbprint)
        assert reason(partner, forged) == Reason.SIGNATURE
        answer = partner.present(partner.key.sign(partner.claims(), **thumbprint))
        assert answer.status_code == 200

    def test_a_key_in_the_header_verifies_nothing(self, partner: SigningPartner) -> None:
        own = signing_key("ES256", "own")
        token = own.sign(partner.claims(), jwk=own.jwk, kid=partner.key.kid)
        assert reason(partner, token) == Reason.HEADER_MEMBER

    @pytest.mark.parametrize("member", ["alg", "kid", "typ", "cty", "x5t"])
    @pytest.mark.parametrize("value", [1, True, [], ["ES256"], {}])
    def test_a_member_of_the_wrong_type_is_refused(
        self, partner: SigningPartner, member: str, value: object
    ) -> None:
        token = partner.key.sign(partner.claims(), **{member: value})
        assert reason(partner, token) == Reason.HEADER_MEMBER


class TestKeys:
    """RFC 7515 §6, Appendix D: which key."""

    def test_without_a_kid_the_only_fitting_key_is_taken(self) -> None:
        keys = [signing_key("ES256", "one"), signing_key("RS256", "two")]
        partner = SigningPartner.keyed(jwks={"keys": [key.jwk for key in keys]})
        for key in keys:
            assert partner.present(key.sign(partner.claims(), kid=None)).status_code == 200

    def test_without_a_kid_two_fitting_keys_are_one_too_many(self) -> None:
        keys = [signing_key("ES256", "one"), signing_key("ES256", "two")]
        partner = SigningPartner.keyed(jwks={"keys": [key.jwk for key in keys]})
        token = keys[0].sign(partner.claims(), kid=None)
        assert reason(partner, token) == Reason.SEVERAL_KEYS
        assert partner.present(keys[1].sign(partner.claims())).status_code == 200

    def test_the_kid_of_another_key_is_refused(self) -> None:
        keys = [signing_key("ES256", "one"), signing_key("ES256", "two")]
        partner = SigningPartner.keyed(jwks={"keys": [key.jwk for key in keys]})
        token = keys[0].sign(partner.claims(), kid="two")
        assert reason(partner, token) == Reason.SIGNATURE
        assert reason(partner, keys[0].sign(partner.claims(), kid="three")) == Reason.NO_KEY

    @pytest.mark.parametrize("member", [{"use": "enc"}, {"key_ops": ["encrypt"]}, {"alg": "ES384"}])
    def test_a_key_for_something_else_is_not_used(self, member: dict[str, Any]) -> None:
        key = signing_key("ES256")
        partner = SigningPartner.keyed(jwks={"keys": [{**key.jwk, **member}]})
        assert reason(partner, key.sign(partner.claims())) == Reason.NO_KEY

    def test_an_application_without_keys_signs_nothing(self) -> None:
        partner = SigningPartner.keyed(jwks=None)
        assert reason(partner, partner.assertion()) == Reason.NO_KEY

    def test_the_key_of_another_application_is_refused(self, partner: SigningPartner) -> None:
        other = SigningPartner.keyed(jwks={"keys": [signing_key("ES256", "other").jwk]})
        token = signing_key("ES256", "other").sign(partner.claims())
        assert other.application.jwks != partner.application.jwks
        assert reason(partner, token) == Reason.NO_KEY


class TestOurOwn:
    """RFC 8725 §3.12: what we signed for an application is no word of the application's."""

    @pytest.mark.parametrize("name", ["id_token", "access_token"])
    def test_a_token_of_ours_is_no_assertion(self, partner: SigningPartner, name: str) -> None:
        token = partner.tokens()[name]
        UsedJti.objects.all().delete()
        assert reason(partner, token) in {Reason.TYP, Reason.ISSUER}


class TestText:
    """RFC 8725 §2.4, §3.7: one reading of a JWT, in bounded time."""

    def test_a_member_that_comes_twice_is_refused(self, partner: SigningPartner) -> None:
        claims, head = json.dumps(partner.claims()), '{"alg": "ES256", "kid": "one"}'
        twice = partner.key.sign_text(head, claims.replace("{", '{"sub": "other", ', 1))
        assert reason(partner, twice) == Reason.NOT_STRICT_JSON
        twice = partner.key.sign_text('{"alg": "none", "alg": "ES256"}', claims)
        assert reason(partner, twice) == Reason.NOT_STRICT_JSON

    @pytest.mark.parametrize(
        "more",
        [
            *('"x": NaN', '"x": Infinity', '"x": 1e999', '"x": "\\ud800"', '"x": "\\u0000"', '"x"'),
            *(f'"x": {"[" * 100}{"]" * 100}', f'"x": {chr(123) * 5000}', "'x': 1"),
        ],
    )
    def test_what_is_not_plain_json_is_refused(self, partner: SigningPartner, more: str) -> None:
        claims = json.dumps(partner.claims()).replace("{", f"{{{more}, ", 1)
        token = partner.key.sign_text('{"alg": "ES256", "kid": "one"}', claims)
        assert reason(partner, token) == Reason.NOT_STRICT_JSON

    @pytest.mark.parametrize("text", ["[]", "1", '"x"', "null", ""])
    def test_what_is_no_object_is_refused(self, partner: SigningPartner, text: str) -> None:
        right = json.dumps(partner.claims())
        for head, claims in ((text, right), ('{"alg": "ES256"}', text)):
            token = partner.key.sign_text(head, claims)
            assert reason(partner, token) in {Reason.NOT_STRICT_JSON, Reason.NOT_A_JWT}

    def test_a_jwt_of_a_megabyte_is_refused(self, partner: SigningPartner) -> None:
        token = partner.assertion(more="x" * 1_000_000)
        assert refused(partner.present(token), "invalid_request")
        with pytest.raises(RefusedJwtError, match=Reason.TOO_LONG):
            client_jwt.read(token)

    def test_a_jwt_of_sixteen_kilobytes_is_the_longest(self, partner: SigningPartner) -> None:
        assert reason(partner, partner.assertion(more="x" * 12_300)) == Reason.TOO_LONG
        assert partner.present(partner.assertion(more="x" * 11_500)).status_code == 200

    @pytest.mark.parametrize(
        "form",
        [
            *("{0}..{1}.{2}", "{0}.{1}.{2}.x", "{0}.{1}.{2}=", " {0}.{1}.{2}", "{0}.{1}.{2}\n"),
            *("{0}+.{1}.{2}", "{0}.{1}", "a.b.c.d.e", "xxxxxxxxxxxxxxxxx", "é.e30.e30"),
        ],
    )
    def test_another_form_is_refused(self, partner: SigningPartner, form: str) -> None:
        found = reason(partner, form.format(*partner.assertion().split(".")))
        assert found in {Reason.NOT_A_JWT, Reason.NOT_STRICT_JSON}

    def test_a_changed_signature_is_refused(self, partner: SigningPartner) -> None:
        token = partner.assertion()
        signed, _, signature = token.rpartition(".")
        for changed in ("", "AAAA", signature[::-1], signature[:-4], signature * 2):
            assert reason(partner, f"{signed}.{changed}") == Reason.SIGNATURE

    @hostile
    @given(token=st.one_of(st.text(max_size=300), st.from_regex(r"[\w-]{1,99}\.[\w-]{1,99}\.\w*")))
    def test_any_text_is_refused(self, partner: SigningPartner, token: str) -> None:
        with pytest.raises(RefusedJwtError):
            client_jwt.read(token)
        assert partner.present(token).status_code in {400, 401, 429}

    @hostile
    @given(
        header=st.dictionaries(st.sampled_from(["alg", "kid", "typ", "x"]), st.text(max_size=9)),
        claims=st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.dictionaries(
                    st.sampled_from(["iss", "sub", "aud", "exp", "jti", "nbf", "iat"]), inner
                )
                | st.lists(inner, max_size=4)
            ),
        ),
    )
    def test_any_content_is_refused(
        self, partner: SigningPartner, header: dict[str, Any], claims: object
    ) -> None:
        token = partner.key.sign_text(json.dumps(header), json.dumps(claims))
        assert partner.present(token).status_code in {400, 401, 429}
