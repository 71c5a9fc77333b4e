"""FAPI 2.0 Security Profile §5.3.2: what is asked of requests, and that refusals name the rule."""

from datetime import timedelta
from time import time
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from pytest_django import Settings

from accounts.models import Account
from idp.models import Grant, RefreshToken
from idp.oidc import fapi
from idp.trail.entry import Entry
from tests import factories
from tests.protocol import tokens
from tests.protocol.dpop.holder import Holder, HoldingSigningPartner
from tests.protocol.dpop.test_bound_tokens import by, exchange, refresh
from tests.protocol.high import HIGH
from tests.protocol.mtls.badges import BadgePartner, badge
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_, push, pushed
from tests.protocol.resident import Resident, sent
from tests.protocol.signing import ISSUER, signing_key

GENERAL, CODE_FLOW = "FAPI 2.0 Security Profile §5.3.2.1", "FAPI 2.0 Security Profile §5.3.2.2"
CRYPTOGRAPHY = "FAPI 2.0 Security Profile §5.4.1"
OTHER = Holder(signing_key("ES256", "other"))


class TestGeneral:
    """§5.3.2.1."""

    def test_only_sender_constrained_tokens_are_issued(
        self, partner: HoldingSigningPartner, noted: list[Entry]
    ) -> None:
        issued = factories.grant(partner.application)
        assert refused(exchange(partner, issued.code, DPoP=""), "invalid_dpop_proof")
        assert (noted[-1].reason, noted[-1].section) == ("dpop_missing", GENERAL)
        answer = body(exchange(partner, issued.code))
        assert answer["token_type"] == "DPoP"

    @pytest.mark.parametrize("path", ["/token", "/par"])
    @pytest.mark.parametrize(
        "audience",
        [[ISSUER], f"{ISSUER}/token", f"{ISSUER}/par", [ISSUER, f"{ISSUER}/token"]],
        ids=str,
    )
    def test_an_assertion_is_for_the_issuer_as_one_text(
        self, partner: HoldingSigningPartner, audience: object, path: str, noted: list[Entry]
    ) -> None:
        answer = partner.post(path, {"client_assertion": partner.assertion(aud=audience)})
        assert refused(answer, "invalid_client", 401)
        assert (noted[-1].reason, noted[-1].section) == (
            "client_assertion_jwt_wrong_audience",
            GENERAL,
        )

    @pytest.mark.parametrize("audience", [f"{ISSUER}/", "https://other.example", "", None])
    def test_an_assertion_for_somebody_else_is_for_nobody(
        self, partner: HoldingSigningPartner, audience: str | None
    ) -> None:
        assert refused(partner.present(partner.assertion(aud=audience)), "invalid_client", 401)

    @pytest.mark.parametrize("ahead", [0, 8, 10])
    def test_clocks_may_differ_by_ten_seconds(
        self, partner: HoldingSigningPartner, ahead: int
    ) -> None:
        now = int(time())
        assertion = partner.assertion(iat=now + ahead, nbf=now + ahead, exp=now + 60)
        assert partner.present(assertion).status_code == 200

    @pytest.mark.parametrize("claim", ["iat", "nbf"])
    def test_clocks_may_not_differ_by_more_than_sixty(
        self, partner: HoldingSigningPartner, claim: str
    ) -> None:
        now = int(time())
        assertion = partner.assertion(**{claim: now + 61, "exp": now + 200})
        assert refused(partner.present(assertion), "invalid_client", 401)

    def test_a_code_is_good_for_sixty_seconds(self, partner: HoldingSigningPartner) -> None:
        issued = factories.grant(partner.application)
        grant = Grant.objects.get()
        assert grant.expires - grant.created <= timedelta(seconds=61)
        with time_machine.travel(time() + 62, tick=True):
            assert refused(exchange(partner, issued.code), "invalid_grant")

    def test_a_server_with_longer_codes_does_not_start(self, settings: Settings) -> None:
        from idp.checks.registry import borough_rules  # noqa: PLC0415 - of this test alone

        settings.CODE_LIFETIME = timedelta(seconds=61)
        assert "borough.E030" in {message.id for message in borough_rules()}


class TestRefreshing:
    """§5.3.2.1: "shall not use refresh token rotation"."""

    def test_a_refresh_token_stays_the_same(self, partner: HoldingSigningPartner) -> None:
        token = partner.tokens()["refresh_token"]
        for _ in range(3):
            answer = refresh(partner, token)
            assert answer.status_code == 200
            assert "refresh_token" not in body(answer)
        assert RefreshToken.objects.count() == 1

    def test_each_use_lets_it_be_good_for_longer(self, partner: HoldingSigningPartner) -> None:
        token = partner.tokens()["refresh_token"]
        before = RefreshToken.objects.get().expires
        with time_machine.travel(time() + 3600, tick=True):
            assert refresh(partner, token).status_code == 200
        assert RefreshToken.objects.get().expires > before

    def test_it_works_with_a_new_key_and_not_without_one(
        self, partner: HoldingSigningPartner
    ) -> None:
        token = partner.tokens()["refresh_token"]
        assert refused(refresh(partner, token, DPoP=""), "invalid_dpop_proof")
        answer = refresh(partner, token, **by(OTHER))
        claims = tokens.claims(body(answer)["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"jkt": OTHER.jkt}

    def test_of_another_application_it_is_refused(self, partner: HoldingSigningPartner) -> None:
        token = partner.tokens()["refresh_token"]
        thief = HoldingSigningPartner.new(**HIGH)
        assert refused(refresh(thief, token), "invalid_grant")
        assert refresh(partner, token).status_code == 200

    def test_of_the_standard_profile_it_still_rotates(self) -> None:
        standard = HoldingSigningPartner.new()
        token = standard.tokens()["refresh_token"]
        assert body(refresh(standard, token))["refresh_token"] != token

    def test_what_ends_it_ends_it(self, partner: HoldingSigningPartner) -> None:
        token = partner.tokens()["refresh_token"]
        assert partner.revoke(token).status_code == 200
        assert refused(refresh(partner, token), "invalid_grant")


class TestCodeFlow:
    """§5.3.2.2."""

    def test_a_request_that_was_not_pushed_is_refused(
        self, signed_in: Resident, partner: HoldingSigningPartner, noted: list[Entry]
    ) -> None:
        answer = sent(signed_in.ask(partner.application))
        assert answer["error"] == "invalid_request"
        assert (noted[-1].reason, noted[-1].section) == ("not_pushed", CODE_FLOW)

    def test_a_pushed_one_leads_to_bound_tokens(
        self, signed_in: Resident, partner: HoldingSigningPartner
    ) -> None:
        page = open_(signed_in, partner, pushed(partner))
        answer = sent(signed_in.press(page, "share"))
        assert answer["iss"] == ISSUER
        redeemed = body(exchange(partner, answer["code"]))
        claims = tokens.claims(redeemed["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"jkt": partner.holder.jkt}

    def test_pushing_needs_authentication(self, partner: HoldingSigningPartner) -> None:
        answer = partner.raw("/par", f"client_id={partner.application.client_id}")
        assert refused(answer, "invalid_client", 401)

    @pytest.mark.parametrize(
        "changes",
        [
            {"code_challenge": None, "code_challenge_method": None},
            {"code_challenge_method": "plain"},
            {"code_challenge_method": None},
            {"redirect_uri": None},
            {"redirect_uri": "https://elsewhere.example/"},
            {"request_uri": "urn:ietf:params:oauth:request_uri:x"},
            {"response_mode": "form_post"},
            {"response_mode": "fragment"},
        ],
        ids=str,
    )
    def test_a_push_is_refused_for(
        self, partner: HoldingSigningPartner, changes: dict[str, str | None]
    ) -> None:
        assert refused(push(partner, **changes), "invalid_request")

    @pytest.mark.parametrize(
        "changes",
        [
            {"code_challenge": None, "code_challenge_method": None},
            {"code_challenge_method": "plain"},
            {"redirect_uri": None},
        ],
        ids=str,
    )
    def test_the_trail_names_its_section(
        self, partner: HoldingSigningPartner, changes: dict[str, str | None], noted: list[Entry]
    ) -> None:
        assert refused(push(partner, **changes), "invalid_request")
        assert noted[-1].section == CODE_FLOW

    @pytest.mark.parametrize("response_type", ["code id_token", "token", "id_token", "none"])
    def test_no_response_type_but_code(
        self, partner: HoldingSigningPartner, response_type: str
    ) -> None:
        assert refused(push(partner, response_type=response_type), "unsupported_response_type")

    def test_a_link_is_good_for_less_than_ten_minutes(self, partner: HoldingSigningPartner) -> None:
        assert 5 <= body(push(partner))["expires_in"] < 600

    def test_a_code_is_good_once(self, partner: HoldingSigningPartner, account: Account) -> None:
        del account
        issued = factories.grant(partner.application)
        assert exchange(partner, issued.code).status_code == 200
        assert refused(exchange(partner, issued.code), "invalid_grant")

    def test_a_code_of_another_application_is_refused(self, partner: HoldingSigningPartner) -> None:
        issued = factories.grant(partner.application)
        thief = HoldingSigningPartner.new(**HIGH)
        assert refused(exchange(thief, issued.code), "invalid_grant")


class TestCryptography:
    """§5.4.1: PS256, ES256 or EdDSA."""

    @pytest.mark.parametrize("algorithm", ["PS256", "ES256", "EdDSA"])
    def test_each_of_the_three_authenticates(self, algorithm: str) -> None:
        partner = HoldingSigningPartner.keyed(algorithm, **HIGH)
        assert partner.present(partner.assertion()).status_code == 200

    def test_rs256_does_not(self, noted: list[Entry]) -> None:
        partner = HoldingSigningPartner.keyed("RS256", **HIGH)
        assert refused(partner.present(partner.assertion()), "invalid_client", 401)
        assert (noted[-1].reason, noted[-1].section) == (
            "client_assertion_jwt_algorithm",
            CRYPTOGRAPHY,
        )

    def test_of_the_standard_profile_it_does(self) -> None:
        partner = HoldingSigningPartner.keyed("RS256")
        assert partner.present(partner.assertion()).status_code == 200


class TestByCertificate:
    """§5.3.2.1: mutual TLS in place of both."""

    COLUMNS: dict[str, Any] = {
        "profile": "high",
        "requires_pushed_requests": True,
        "certificate_bound_access_tokens": True,
    }

    def test_it_authenticates_and_binds(self) -> None:
        partner = BadgePartner.named(**self.COLUMNS)
        claims = tokens.claims(partner.tokens()["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"x5t#S256": badge().thumbprint}

    def test_a_refresh_token_stays_the_same(self) -> None:
        partner = BadgePartner.named(**self.COLUMNS)
        token = partner.tokens()["refresh_token"]
        assert "refresh_token" not in body(partner.refresh(token))
        assert partner.refresh(token).status_code == 200
        partner.told = {}
        assert refused(partner.refresh(token), "invalid_client", 401)


@pytest.mark.parametrize(
    "column, weaker",
    [
        ("token_endpoint_auth_method", "client_secret_basic"),
        ("token_endpoint_auth_method", "client_secret_post"),
        ("requires_pushed_requests", False),
        ("dpop_bound_access_tokens", False),
        ("pkce", "optional"),
        ("algorithm", "RS256"),
        ("userinfo_algorithm", "RS256"),
        ("assertion_algorithm", "RS256"),
        ("request_object_algorithm", "RS256"),
    ],
)
def test_the_database_keeps_the_high_profile_high(
    partner: HoldingSigningPartner, column: str, weaker: object
) -> None:
    row = partner.application
    assert fapi.is_high(row)
    setattr(row, column, weaker)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(update_fields=[column])


def test_nor_is_a_public_application_of_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.application(public=True, **HIGH)
