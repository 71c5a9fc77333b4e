"""Claims that decide who signs in and how: OpenID Connect Core 1.0 §5.5.1, §5.5.1.1."""

import json
from typing import Any

import pytest

from accounts.assurance import Method
from accounts.models import Account
from idp.models import AuthorizationRequest, Grant
from tests import factories
from tests.protocol.asking import asking, learned
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, path, sent

SFA = "https://refeds.org/profile/sfa"
MFA = "https://refeds.org/profile/mfa"
PHR = "phr"
APP = (Method.PASSWORD, Method.APP)


class TestSection551Subject:
    """§5.5.1, §3.1.2.2: whoever signs in must be the `sub` that was asked for."""

    @pytest.mark.parametrize("member", ["id_token", "userinfo"])
    def test_whoever_it_is_goes_on(
        self, signed_in: Resident, partner: Partner, member: str
    ) -> None:
        subject = learned(signed_in, partner, "{}").id_token["sub"]
        claims = json.dumps({member: {"sub": {"value": subject}}})
        assert learned(signed_in, partner, claims, prompt="none").id_token["sub"] == subject

    def test_without_a_value_anybody_may(self, signed_in: Resident, partner: Partner) -> None:
        wish = {"sub": {"essential": True}}
        assert learned(signed_in, partner, asking(wish, wish)).id_token["sub"]

    def test_nobody_else_gets_an_answer(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        subject = learned(signed_in, partner, "{}").id_token["sub"]
        other = Resident()
        other.sign_in(factories.account())
        claims = asking(None, {"sub": {"value": subject}})
        silent = sent(other.ask(partner.application, claims=claims, prompt="none"))
        assert silent["error"] == "login_required"
        page = other.ask(partner.application, claims=claims, scope="openid")
        assert path(page) == "/sign-in"
        assert "code" in sent(other.password(page, account))

    def test_a_sign_in_as_somebody_else_ends_in_login_required(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        subject = learned(signed_in, partner, "{}").id_token["sub"]
        somebody = factories.account(password=factories.PASSWORD)
        other = Resident()
        claims = asking(None, {"sub": {"values": [subject]}})
        page = other.ask(partner.application, claims=claims)
        assert sent(other.password(page, somebody))["error"] == "login_required"

    @pytest.mark.parametrize("value", ["nobody", "", 7, None, {}, ["x"], "x" * 5000])
    def test_a_sub_that_nobody_has_is_never_reached(
        self, signed_in: Resident, partner: Partner, value: object
    ) -> None:
        claims = asking(None, {"sub": {"value": value}})
        answer = sent(signed_in.ask(partner.application, claims=claims))
        assert (answer["error"], answer["state"]) == ("login_required", "state-1")

    def test_the_sub_of_another_sector_names_nobody(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        elsewhere = learned(signed_in, Partner.confidential(), "{}").id_token["sub"]
        claims = asking(None, {"sub": {"value": elsewhere}})
        assert sent(signed_in.ask(partner.application, claims=claims))["error"] == "login_required"

    def test_one_sub_at_a_time(self, signed_in: Resident, partner: Partner) -> None:
        first = learned(signed_in, partner, "{}").id_token["sub"]
        other = Resident()
        other.sign_in(factories.account())
        second = learned(other, partner, "{}").id_token["sub"]
        claims = asking(None, {"sub": {"values": [first, second]}})
        assert sent(signed_in.ask(partner.application, claims=claims))["error"] == "invalid_request"
        both = asking({"sub": {"value": first}}, {"sub": {"value": second}})
        assert sent(signed_in.ask(partner.application, claims=both))["error"] == "login_required"

    def test_a_hint_that_names_somebody_else_contradicts_it(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        hint = learned(signed_in, partner, "{}").answer["id_token"]
        other = Resident()
        other.sign_in(factories.account())
        second = learned(other, partner, "{}").id_token["sub"]
        claims = asking(None, {"sub": {"value": second}})
        answer = sent(other.ask(partner.application, claims=claims, id_token_hint=hint))
        assert answer["error"] == "login_required"


class TestSection5511Level:
    """§5.5.1.1: acr."""

    @pytest.mark.parametrize("wish", [{"value": MFA}, {"values": [PHR, MFA]}])
    def test_an_essential_level_is_needed(
        self, signed_in: Resident, partner: Partner, account: Account, wish: dict[str, Any]
    ) -> None:
        claims = asking(None, {"acr": {"essential": True, **wish}})
        silent = sent(signed_in.ask(partner.application, claims=claims, prompt="none"))
        assert silent["error"] == "login_required"
        assert not Grant.objects.exists()
        signed_in.sign_in(account, *APP)
        assert learned(signed_in, partner, claims).id_token["acr"] == MFA

    def test_the_answer_is_one_of_those_asked_for_though_more_was_proved(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account, Method.PASSKEY)
        claims = asking(None, {"acr": {"essential": True, "values": ["x", MFA]}})
        assert learned(resident, partner, claims).id_token["acr"] == MFA

    @pytest.mark.parametrize("values", [["1"], ["PHR"], [7, None, [MFA]], [{}]])
    def test_one_that_does_not_exist_cannot_be_met(
        self, signed_in: Resident, partner: Partner, values: list[Any]
    ) -> None:
        claims = asking(None, {"acr": {"essential": True, "values": values}})
        answer = sent(signed_in.ask(partner.application, claims=claims))
        assert answer["error"] == "unmet_authentication_requirements"

    def test_nor_one_below_what_the_application_must_have(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(minimum_level=2)
        resident.sign_in(account, *APP)
        claims = asking(None, {"acr": {"essential": True, "values": [SFA]}})
        answer = sent(resident.ask(partner.application, claims=claims))
        assert answer["error"] == "unmet_authentication_requirements"
        claims = asking(None, {"acr": {"essential": True, "values": [SFA, PHR, MFA]}})
        assert learned(resident, partner, claims).id_token["acr"] == MFA

    def test_an_essential_one_comes_before_acr_values(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account, *APP)
        claims = asking(None, {"acr": {"essential": True, "value": MFA}})
        assert learned(resident, partner, claims, acr_values=PHR).id_token["acr"] == MFA

    @pytest.mark.parametrize("wish", [None, {"essential": True}, {"values": ["unknown"]}])
    def test_without_a_level_that_we_know_what_was_reached_is_told(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        assert learned(signed_in, partner, asking(None, {"acr": wish})).id_token["acr"] == SFA

    def test_a_voluntary_one_counts_as_acr_values_do(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking(None, {"acr": {"value": MFA}})
        signed_in.ask(partner.application, claims=claims)
        assert AuthorizationRequest.objects.latest("created_at").acr_values == [MFA]
        signed_in.ask(partner.application, claims=claims, acr_values=PHR)
        assert AuthorizationRequest.objects.latest("created_at").acr_values == [PHR]

    def test_auth_time_comes_asked_for_or_not(self, signed_in: Resident, partner: Partner) -> None:
        claims = asking({"auth_time": None}, {"auth_time": {"essential": True}})
        got = learned(signed_in, partner, claims)
        assert isinstance(got.id_token["auth_time"], int)
        assert got.userinfo.keys() == {"sub"}
