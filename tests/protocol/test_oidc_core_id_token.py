"""ID tokens: OpenID Connect Core §2, §3.1.3.6, §12.2."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256, sha512
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from idp.keys.material import Algorithm
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body


class TestIDToken:
    """§2."""

    def test_it_says_who_signed_in_when_and_how(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        answer = body(partner.exchange(issued))
        claims = tokens.claims(answer["id_token"], partner.application.client_id)
        assert claims.keys() == {
            *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce"),
            *("acr", "amr", "sid", "at_hash"),
        }
        assert claims["auth_time"] == int(issued.session.auth_time.timestamp())
        assert claims["exp"] - claims["iat"] == 300
        assert claims["nonce"] == "nonce-of-the-application"
        assert (claims["acr"], claims["amr"]) == ("https://refeds.org/profile/sfa", ["pwd"])
        assert claims["sub"] == body(partner.userinfo(answer["access_token"]))["sub"]

    def test_without_a_nonce_there_is_none(self, partner: Partner) -> None:
        token = partner.tokens(nonce="")["id_token"]
        assert "nonce" not in tokens.claims(token, partner.application.client_id)

    @pytest.mark.parametrize("algorithm", Algorithm)
    def test_it_is_signed_as_the_application_registered(self, algorithm: str) -> None:
        partner = Partner.confidential(algorithm=algorithm)
        token = partner.tokens()["id_token"]
        assert tokens.header(token).keys() == {"alg", "kid", "typ"}
        assert (tokens.header(token)["alg"], tokens.header(token)["typ"]) == (algorithm, "JWT")
        assert tokens.claims(token, partner.application.client_id)

    def test_each_service_has_its_own_sid_in_one_session(self, partner: Partner) -> None:
        session, other = factories.session(factories.account()), Partner.confidential()
        sids = {
            tokens.claims(one.tokens(session=session)["id_token"], one.application.client_id)["sid"]
            for one in (partner, other)
        }
        assert len(sids) == 2
        assert str(session.pk) not in sids


class TestAccessTokenHash:
    """§3.1.3.6."""

    @pytest.mark.parametrize(
        "algorithm, hashed, half",
        [
            ("ES256", sha256, 16),
            ("RS256", sha256, 16),
            ("PS256", sha256, 16),
            ("EdDSA", sha512, 32),
        ],
    )
    def test_it_binds_the_access_token_by_the_hash_of_its_algorithm(
        self, algorithm: str, hashed: Callable[[bytes], Any], half: int
    ) -> None:
        partner = Partner.confidential(algorithm=algorithm)
        answer = partner.tokens()
        digest = hashed(answer["access_token"].encode()).digest()[:half]
        claims = tokens.claims(answer["id_token"], partner.application.client_id)
        assert claims["at_hash"] == urlsafe_b64encode(digest).rstrip(b"=").decode()


class TestRefreshedIDToken:
    """§12.2."""

    def test_it_repeats_the_sign_in_without_the_nonce(self, partner: Partner) -> None:
        client_id = partner.application.client_id
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = partner.tokens()
            old = tokens.claims(first["id_token"], client_id)
            clock.shift(timedelta(seconds=60))
            second = body(partner.refresh(first["refresh_token"]))
            new = tokens.claims(second["id_token"], client_id)
        assert "nonce" not in new
        same = ("iss", "sub", "aud", "auth_time", "acr", "amr", "sid")
        assert {name: new[name] for name in same} == {name: old[name] for name in same}
        assert new["iat"] == old["iat"] + 60

    def test_a_later_sign_in_in_the_same_browser_changes_nothing(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        first = body(partner.exchange(issued))
        old = tokens.claims(first["id_token"], partner.application.client_id)
        issued.session.auth_time = timezone.now() + timedelta(hours=1)
        issued.session.save()
        second = body(partner.refresh(first["refresh_token"]))
        new = tokens.claims(second["id_token"], partner.application.client_id)
        assert new["auth_time"] == old["auth_time"]
