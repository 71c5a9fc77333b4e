"""JWT access tokens, and that no other token passes for one: RFC 9068, RFC 8725 §3.11."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from idp.keys import operations
from idp.keys.material import Algorithm
from idp.keys.queries import signing_key
from idp.models import AccessToken
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body


def encoded(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


class TestStructure:
    """§2."""

    def test_header_and_claims_are_those_of_the_specification(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        token = body(partner.exchange(issued))["access_token"]
        assert tokens.header(token)["typ"] == "at+jwt"
        claims = tokens.claims(token, tokens.ISSUER)
        assert claims.keys() == {
            *("iss", "aud", "sub", "client_id", "exp", "iat", "jti", "scope"),
            *("auth_time", "acr", "amr"),
        }
        assert claims["client_id"] == partner.application.client_id
        assert claims["exp"] - claims["iat"] == 300

    def test_its_row_knows_the_jti_and_never_the_token(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        claims = tokens.claims(token, tokens.ISSUER)
        row = AccessToken.objects.get(jti=claims["jti"])
        assert row.kid == tokens.header(token)["kid"]

    def test_one_from_a_code_is_bound_to_the_session_one_from_a_refresh_is_not(
        self, partner: Partner
    ) -> None:
        issued = factories.grant(partner.application)
        first = body(partner.exchange(issued))
        assert AccessToken.objects.get().session == issued.session
        partner.refresh(first["refresh_token"])
        assert AccessToken.objects.latest("pk").session is None


class TestValidation:
    """§4."""

    def test_an_expired_one_is_refused(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
            assert partner.userinfo(token).status_code == 401

    @pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
    def test_a_changed_one_is_refused(self, algorithm: str) -> None:
        partner = Partner.confidential(algorithm=algorithm)
        token = partner.tokens()["access_token"]
        head, payload, signature = token.split(".")
        claims = tokens.claims(token, tokens.ISSUER)
        for forged in (
            f"{head}.{encoded({**claims, 'scope': 'openid address'})}.{signature}",
            f"{encoded({**tokens.header(token), 'alg': 'none'})}.{payload}.",
            f"{encoded({**tokens.header(token), 'alg': 'none'})}.{payload}.{signature}",
            f"{encoded({**tokens.header(token), 'crit': ['exp']})}.{payload}.{signature}",
            f"{token}.",
            f"{token}=",
        ):
            assert partner.userinfo(forged).status_code == 401
        assert partner.userinfo(token).status_code == 200

    def test_the_header_never_chooses_the_key_or_the_algorithm(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        claims, header = tokens.claims(token, tokens.ISSUER), tokens.header(token)
        own = ec.generate_private_key(ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(own.public_key(), as_dict=True)
        for extra in ({"jwk": public}, {"jku": "https://evil.example/jwks"}, {}):
            forged = jwt.encode(claims, own, algorithm="ES256", headers={**header, **extra})
            assert partner.userinfo(forged).status_code == 401
        confused = jwt.encode(
            claims, json.dumps(public) * 2, algorithm="HS256", headers={**header, "alg": "HS256"}
        )
        assert partner.userinfo(confused).status_code == 401

    def test_one_signed_by_us_but_never_issued_is_refused(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        claims = tokens.claims(token, tokens.ISSUER)
        key = signing_key("ES256")
        headers = {"kid": key.kid, "typ": "at+jwt"}
        for change in ({"jti": "0" * 32}, {"jti": None}, {"jti": ["x"]}, {"aud": "other"}):
            signed = jwt.encode(
                {**claims, **change}, key.private, algorithm="ES256", headers=headers
            )
            assert partner.userinfo(signed).status_code == 401

    def test_one_whose_row_is_gone_is_refused(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        AccessToken.objects.all().delete()
        assert partner.userinfo(token).status_code == 401

    def test_after_a_rotation_of_keys_it_still_works(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        operations.rotate(Algorithm.ES256, by=OPERATOR)
        assert partner.userinfo(token).status_code == 200

    def test_after_the_key_was_revoked_nothing_it_signed_works(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        operations.revoke(tokens.header(token)["kid"], by=OPERATOR)
        assert partner.userinfo(token).status_code == 401
        # Not because of the row alone.
        AccessToken.objects.update(revoked_at=None)
        assert partner.userinfo(token).status_code == 401
        assert partner.userinfo(partner.tokens()["access_token"]).status_code == 200


class TestOtherTokens:
    """RFC 8725 §3.11: each kind of token is accepted in its own place only."""

    @pytest.mark.parametrize("kind", ["id_token", "refresh_token"])
    def test_other_tokens_are_no_access_tokens(self, partner: Partner, kind: str) -> None:
        assert partner.userinfo(partner.tokens()[kind]).status_code == 401

    def test_a_code_is_no_access_token(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        assert partner.userinfo(issued.code).status_code == 401

    def test_an_id_token_with_the_jti_of_an_access_token_is_none(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        key, claims = signing_key("ES256"), tokens.claims(token, tokens.ISSUER)
        disguised = jwt.encode(
            claims, key.private, algorithm="ES256", headers={"kid": key.kid, "typ": "JWT"}
        )
        assert partner.userinfo(disguised).status_code == 401
