"""Agreeing to single claims, and how long that lasts: OpenID Connect Core 1.0 §3.1.2.4, §5.5."""

import json
from datetime import date

import pytest

from accounts.models import Account
from idp.models import AccessToken, Consent, Grant, RefreshToken
from tests import factories
from tests.protocol.asking import asking, learned, told
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, heading, main_text, sent


@pytest.fixture
def account() -> Account:
    """Return somebody with a name, a birthday and an address of their own."""
    return factories.account(
        "ann@example.org", password=factories.PASSWORD, date_of_birth=date(1980, 2, 29)
    )


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
        text = main_text(signed_in.get(f"/account/services/{partner.application.slug}"))
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
