"""The claims parameter: OpenID Connect Core 1.0 §5.5."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from accounts.assurance import Method
from accounts.models import Account
from clients.models import ApplicationScope
from idp.models import AccessToken, AuthorizationRequest, Consent, Grant, RefreshToken
from idp.oidc.claims_parameter import MAX_LENGTH
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, heading, main_text, path, sent

SFA = "https://refeds.org/profile/sfa"
MFA = "https://refeds.org/profile/mfa"
PHR = "phr"
APP = (Method.PASSWORD, Method.APP)
IN_EVERY_ID_TOKEN = {
    *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce"),
    *("acr", "amr", "sid", "at_hash"),
}


@dataclass(frozen=True)
class Told:
    """What an application learns of one sign-in, beyond what each ID token holds."""

    id_token: dict[str, Any]
    userinfo: dict[str, Any]
    answer: dict[str, Any]

    @property
    def extra(self) -> dict[str, Any]:
        """The members of the ID token that others do not have."""
        return {name: self.id_token[name] for name in self.id_token.keys() - IN_EVERY_ID_TOKEN}

    @property
    def no_details(self) -> bool:
        """Whether it says who signed in and nothing of them."""
        return self.userinfo.keys() == {"sub"} and not self.extra


def asking(userinfo: object = None, id_token: object = None, **others: object) -> str:
    members = {"userinfo": userinfo, "id_token": id_token, **others}
    return json.dumps({name: value for name, value in members.items() if value is not None})


def redeemed(partner: Partner, code: str) -> Told:
    answer = body(
        partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": factories.REDIRECT_URI,
                "code_verifier": factories.VERIFIER,
            },
        )
    )
    return told(partner, answer)


def told(partner: Partner, answer: dict[str, Any]) -> Told:
    return Told(
        tokens.claims(answer["id_token"], partner.application.client_id),
        body(partner.userinfo(answer["access_token"])),
        answer,
    )


@pytest.fixture
def account() -> Account:
    """Return somebody with a name, a birthday and an address of their own."""
    return factories.account(
        "ann@example.org", password=factories.PASSWORD, date_of_birth=date(1980, 2, 29)
    )


@pytest.fixture
def signed_in(resident: Resident, account: Account) -> Resident:
    resident.sign_in(account)
    return resident


def learned(
    resident: Resident, partner: Partner, claims: str, scope: str = "openid", **changes: str
) -> Told:
    answer = resident.answer(partner.application, scope=scope, claims=claims, **changes)
    return redeemed(partner, answer["code"])


class TestSection55WhereClaimsGo:
    """§5.5: members userinfo and id_token."""

    @pytest.mark.parametrize(
        "wish", [None, {"essential": True}, {"essential": False}, {"unknown": 1}]
    )
    def test_a_claim_comes_from_userinfo_alone_if_asked_for_there(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"name": wish}))
        assert got.userinfo.keys() == {"sub", "name"}
        assert got.userinfo["name"] == "Ann Example"
        assert got.extra == {}

    def test_a_claim_comes_in_the_id_token_alone_if_asked_for_there(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        got = learned(signed_in, partner, asking(None, {"birthdate": None, "email": None}))
        assert got.extra == {"birthdate": "1980-02-29", "email": "ann@example.org"}
        assert got.userinfo.keys() == {"sub"}

    def test_at_both_places_it_comes_from_both(self, signed_in: Resident, partner: Partner) -> None:
        got = learned(signed_in, partner, asking({"name": None}, {"name": None}))
        assert got.extra["name"] == got.userinfo["name"] == "Ann Example"

    def test_claims_come_beside_those_of_scopes(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        got = learned(signed_in, partner, asking({"name": None}), scope="openid email")
        assert got.userinfo.keys() == {"sub", "name", "email", "email_verified"}

    def test_a_wish_does_not_take_away_what_a_scope_gives(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking({"name": {"value": "Somebody Else"}})
        assert "name" in learned(signed_in, partner, claims, scope="openid profile").userinfo

    def test_one_claim_of_a_pair_comes_alone(self, signed_in: Resident, partner: Partner) -> None:
        got = learned(signed_in, partner, asking({"email_verified": {"essential": True}}))
        assert got.userinfo == {"sub": got.id_token["sub"], "email_verified": True}

    @pytest.mark.parametrize("claims", ["{}", asking({}), asking({}, {}), asking(other={"a": 1})])
    def test_asking_for_nothing_is_no_error(
        self, signed_in: Resident, partner: Partner, claims: str
    ) -> None:
        got = learned(signed_in, partner, claims)
        assert got.no_details

    def test_a_claim_without_a_value_is_left_out_though_essential(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        wish = {"nickname": {"essential": True}}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.no_details

    def test_unknown_claims_are_ignored(self, signed_in: Resident, partner: Partner) -> None:
        wish = {"shoe_size": {"essential": True}, "https://example.org/x": None, "name#ja": None}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.no_details

    def test_claims_of_the_protocol_cannot_be_asked_to_be_different(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        wish = {name: {"value": "evil"} for name in ("iss", "aud", "exp", "nonce", "sid", "amr")}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.extra == {}
        assert got.id_token["nonce"] == "nonce-1"
        assert got.userinfo.keys() == {"sub"}


class TestSection55NeverMoreThanRegistered:
    """A claim that none of the application's own scopes covers stays here."""

    def test_a_claim_of_no_registered_scope_is_ignored(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(scopes=["openid", "email"])
        resident.sign_in(account)
        wish = {"name": {"essential": True}, "phone_number": None, "address": None}
        got = learned(resident, partner, asking(wish, wish), scope="openid profile")
        assert got.no_details
        assert AuthorizationRequest.objects.get().claims == {}

    def test_a_registered_scope_need_not_be_asked_for_as_well(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(scopes=["openid", "email"])
        resident.sign_in(account)
        assert "email" in learned(resident, partner, asking({"email": None})).userinfo

    def test_nobody_under_age_is_asked_for_what_is_only_agreed_to(
        self, resident: Resident, partner: Partner
    ) -> None:
        child = factories.account(date_of_birth=date(2012, 1, 1))
        ApplicationScope.objects.filter(scope="profile").update(lawful_basis="consent")
        resident.sign_in(child)
        wish = {"birthdate": {"essential": True}, "email": None}
        got = learned(resident, partner, asking(wish, wish))
        assert got.userinfo.keys() == {"sub", "email"}
        assert got.extra.keys() == {"email"}
        assert Consent.objects.get().claims == ["email"]


class TestSection551Values:
    """§5.5.1: value and values."""

    @pytest.mark.parametrize(
        "wish",
        [
            {"value": "1980-02-29"},
            {"values": ["1980-02-29"]},
            {"essential": True, "values": ["2000-01-01", "1980-02-29", 7, None, {"a": [1]}]},
        ],
    )
    def test_a_value_that_is_asked_for_is_told(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"birthdate": wish}, {"birthdate": wish}))
        assert got.userinfo["birthdate"] == got.extra["birthdate"] == "1980-02-29"

    @pytest.mark.parametrize(
        "wish",
        [{"value": "2000-01-01"}, {"essential": True, "values": ["1980", 1980]}, {"value": None}],
    )
    def test_another_value_is_left_out(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"birthdate": wish}, {"birthdate": wish}))
        assert got.no_details

    @pytest.mark.parametrize("value, comes", [(True, True), (1, False), ("true", False)])
    def test_a_flag_fits_itself_alone(
        self, signed_in: Resident, partner: Partner, value: object, *, comes: bool
    ) -> None:
        got = learned(signed_in, partner, asking({"email_verified": {"value": value}}))
        assert ("email_verified" in got.userinfo) is comes

    def test_the_value_of_today_is_compared(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        got = learned(signed_in, partner, asking({"name": {"value": "Ann Married"}}))
        assert "name" not in got.userinfo
        Account.objects.filter(pk=account.pk).update(full_name="Ann Married")
        again = told(partner, got.answer)
        assert again.userinfo["name"] == "Ann Married"


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


class TestSection3124Consent:
    """§3.1.2.4: the resident sees what is asked for and agrees to it by name."""

    def test_the_page_names_each_claim_with_its_value(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        wish = {"name": None, "nickname": None}
        text = main_text(
            signed_in.ask(partner.application, scope="openid", claims=asking(wish, {"email": None}))
        )
        assert "Name: Ann Example" in text
        assert "Nickname: Not given" in text
        assert "Email address ann@example.org" in text
        assert "Date of birth" not in text
        assert "To find your account" in text

    @pytest.mark.parametrize(
        "claim, words",
        [
            ("birthdate", "Date of birth 29 February 1980"),
            ("gender", "Gender Not given"),
            ("email_verified", "Your email address Confirmed as yours alone"),
            ("phone_number_verified", "Whether your phone number is confirmed Not given"),
        ],
    )
    def test_one_claim_alone_is_called_by_its_name(
        self, signed_in: Resident, claim: str, words: str
    ) -> None:
        partner = Partner.confidential(scopes=["openid", "profile", "email", "phone"])
        page = signed_in.ask(partner.application, scope="openid", claims=asking({claim: None}))
        assert words in main_text(page)
        assert "Your name and profile" not in main_text(page)

    def test_a_value_is_shown_though_another_is_asked_for(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking({"birthdate": {"value": "2000-01-01"}})
        page = signed_in.ask(partner.application, scope="openid", claims=claims)
        assert "29 February 1980" in main_text(page)

    def test_the_agreement_covers_names_and_is_asked_for_again_when_more_are_wanted(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        learned(signed_in, partner, asking({"name": None}))
        assert (Consent.objects.get().scopes, Consent.objects.get().claims) == (
            ["openid"],
            ["name"],
        )
        assert "name" in learned(signed_in, partner, asking({"name": None}), prompt="none").userinfo
        more = asking({"name": None}, {"birthdate": None})
        silent = sent(
            signed_in.ask(partner.application, scope="openid", claims=more, prompt="none")
        )
        assert silent["error"] == "consent_required"
        page = signed_in.ask(partner.application, scope="openid", claims=more)
        assert heading(page) == "Share your details with Council Tax"
        signed_in.press(page, "share")
        current = Consent.objects.get(superseded_at=None)
        assert current.claims == ["birthdate", "name"]

    def test_what_a_scope_covers_is_not_asked_for_again(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        learned(signed_in, partner, "{}", scope="openid profile")
        claims = asking(None, {"birthdate": None})
        assert learned(signed_in, partner, claims, prompt="none").extra == {
            "birthdate": "1980-02-29"
        }

    def test_who_says_no_shares_nothing(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, claims=asking({"name": None}))
        leaving = signed_in.press(page, "refuse")
        assert "Ann Example" not in main_text(leaving)
        assert not Consent.objects.exists()

    def test_your_services_names_it(self, signed_in: Resident, partner: Partner) -> None:
        learned(signed_in, partner, asking({"birthdate": None, "email_verified": None}))
        text = main_text(signed_in.get("/account/services"))
        assert "Date of birth" in text
        assert "Whether your email address is confirmed" in text
        assert "Your name and profile" not in text


class TestLater:
    """What was asked for goes with the tokens, and no further than the agreement."""

    def test_a_refresh_asks_for_the_same(self, signed_in: Resident, partner: Partner) -> None:
        claims = asking({"name": None}, {"birthdate": {"value": "1980-02-29"}})
        got = learned(signed_in, partner, claims, scope="openid offline_access")
        again = told(partner, body(partner.refresh(got.answer["refresh_token"])))
        assert again.userinfo == got.userinfo
        assert again.id_token["birthdate"] == "1980-02-29"

    def test_the_next_request_asks_for_itself(self, signed_in: Resident, partner: Partner) -> None:
        learned(signed_in, partner, asking({"name": None}))
        assert learned(signed_in, partner, "{}").userinfo.keys() == {"sub"}

    def test_what_the_agreement_lost_stays_here(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking({"name": None}, {"name": None})
        got = learned(signed_in, partner, claims, scope="openid offline_access")
        Consent.objects.update(claims=[])
        again = told(partner, body(partner.refresh(got.answer["refresh_token"])))
        assert again.userinfo.keys() == {"sub"}
        assert "name" not in again.id_token
        assert told(partner, got.answer).userinfo.keys() == {"sub"}

    def test_no_row_holds_a_value_of_the_resident(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        learned(signed_in, partner, asking({"name": None}), scope="openid offline_access")
        for row in (AccessToken.objects.get(), RefreshToken.objects.get(), Grant.objects.get()):
            assert "Ann" not in json.dumps(row.claims)


REFUSED = {
    "not_json": [" ", "{", "userinfo", "{'userinfo':{}}", "[" * 5000],
    "not_an_object": ["[]", "null", "7", '"userinfo"'],
    "duplicate_member": ['{"userinfo":{},"userinfo":{}}', '{"userinfo":{"name":null,"name":{}}}'],
    "not_a_number": ['{"userinfo":{"updated_at":{"value":NaN}}}', '{"x":1e999}'],
    "too_deep": ['{"x":' * 100 + "1" + "}" * 100],
    "bad_character": ['{"userinfo":{"name":{"value":"\\u0000"}}}', '{"\\ud800":1}'],
    "too_long": [asking({"name": {"value": "x" * MAX_LENGTH}}), "{}" + " " * MAX_LENGTH],
    "too_many_names": [asking({f"n{number}": None for number in range(101)})],
    "member_not_an_object": ['{"userinfo":null}', '{"id_token":[]}', '{"userinfo":"name"}'],
    "claim_not_an_object": [asking({"name": True}), asking({"name": []}), asking({"x": "y"})],
    "essential_not_a_boolean": [
        asking({"name": {"essential": 1}}),
        asking({"x": {"essential": None}}),
    ],
    "values_not_an_array": [asking({"name": {"values": "x"}}), asking({"name": {"values": []}})],
    "value_and_values": [asking({"name": {"value": "x", "values": ["x"]}})],
}


class TestRefusals:
    """What is not a claims parameter is refused by name, and nothing is guessed."""

    @pytest.mark.parametrize(
        "fault, claims",
        [(fault, text) for fault, texts in REFUSED.items() for text in texts],
    )
    def test_it_goes_back_as_invalid_request(
        self,
        resident: Resident,
        partner: Partner,
        caplog: pytest.LogCaptureFixture,
        fault: str,
        claims: str,
    ) -> None:
        caplog.set_level("INFO")
        answer = sent(resident.ask(partner.application, claims=claims))
        assert (answer["error"], answer["state"]) == ("invalid_request", "state-1")
        assert f"(claims_{fault})" in caplog.text
        assert not AuthorizationRequest.objects.exists()

    def test_a_hundred_names_are_read(self, resident: Resident, partner: Partner) -> None:
        claims = asking({f"n{number}": None for number in range(99)}, {"name": None})
        assert path(resident.ask(partner.application, claims=claims)) == "/sign-in"
        assert AuthorizationRequest.objects.get().claims == {"id_token": {"name": []}}

    @pytest.mark.parametrize("locales", ["se", "de en", "x" * 500, "{"])
    def test_claims_locales_are_ignored(
        self, signed_in: Resident, partner: Partner, locales: str
    ) -> None:
        assert "code" in signed_in.answer(partner.application, claims_locales=locales)
