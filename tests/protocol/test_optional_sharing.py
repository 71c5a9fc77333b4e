"""Nobody under age is asked for details that a service wants only if they like."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from accounts.models import Account
from clients.models import ApplicationScope
from idp.consent.rules import years_old
from idp.models import Consent
from tests import factories
from tests.factories import REDIRECT_URI, VERIFIER
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, main_text, path, sent

BORN = date(2010, 6, 15)
EVE = "2028-06-14T12:00Z"
BIRTHDAY = "2028-06-15T12:00Z"


@pytest.fixture
def choosy() -> Partner:
    """Return an application that needs a name, and would like an email address."""
    partner = Partner.confidential()
    ApplicationScope.objects.filter(application=partner.application, scope="email").update(
        lawful_basis="consent"
    )
    return partner


@pytest.fixture
def young() -> Account:
    return factories.account("kim@example.org", password=factories.PASSWORD, date_of_birth=BORN)


def tokens(resident: Resident, partner: Partner, *chosen: str) -> dict[str, Any]:
    """Share what is asked for, tick these, and return what the service gets for its code."""
    page = resident.ask(partner.application)
    code = sent(resident.press(page, "share", **({"choice": chosen[0]} if chosen else {})))["code"]
    asked = {"code": code, "redirect_uri": REDIRECT_URI, "code_verifier": VERIFIER}
    return body(partner.post("/token", {"grant_type": "authorization_code", **asked}))


def agreed(resident: Resident, partner: Partner, *chosen: str) -> set[str]:
    """Do the same, and return the scopes that the service gets."""
    scopes = set(tokens(resident, partner, *chosen)["scope"].split())
    assert scopes == set(Consent.objects.latest("granted_at").scopes)
    return scopes


@time_machine.travel(EVE)
def test_a_child_shares_what_is_needed_and_is_not_asked_for_more(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    page = resident.ask(choosy.application)
    assert path(page) == "/consent"
    assert "kim@example.org" not in main_text(page).partition("will get:")[2]
    assert agreed(resident, choosy) == {"openid", "profile"}


@time_machine.travel(EVE)
def test_no_request_asks_a_child_again_for_what_was_left_out(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    agreed(resident, choosy)
    assert "code" in sent(resident.ask(choosy.application, prompt="none"))


@time_machine.travel(EVE)
def test_what_a_public_task_needs_is_asked_of_everybody(
    resident: Resident, partner: Partner, young: Account
) -> None:
    resident.sign_in(young)
    assert "email" in agreed(resident, partner)


@time_machine.travel(BIRTHDAY)
def test_from_the_birthday_on_it_is_asked_for(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    assert "email" in agreed(resident, choosy, "email")


@time_machine.travel(EVE)
def test_so_it_is_where_nothing_is_known_of_the_age(
    resident: Resident, choosy: Partner, account: Account
) -> None:
    resident.sign_in(account)
    assert "email" in agreed(resident, choosy, "email")


@time_machine.travel(EVE)
def test_the_age_is_a_setting(
    resident: Resident, choosy: Partner, young: Account, settings: Settings
) -> None:
    settings.OPTIONAL_SHARING_AGE = 16
    resident.sign_in(young)
    assert "email" in agreed(resident, choosy, "email")


@time_machine.travel(EVE)
def test_who_signs_in_is_never_optional(resident: Resident, young: Account) -> None:
    partner = Partner.confidential()
    ApplicationScope.objects.filter(application=partner.application).update(lawful_basis="consent")
    resident.sign_in(young)
    assert agreed(resident, partner) == {"openid"}


@pytest.mark.parametrize(
    "born, on, years",
    [
        (date(2010, 6, 15), date(2028, 6, 14), 17),
        (date(2010, 6, 15), date(2028, 6, 15), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2010, 12, 31), date(2011, 1, 1), 0),
    ],
)
def test_an_age_is_counted_in_whole_years(born: date, on: date, years: int) -> None:
    assert years_old(born, on=on) == years


class TestChoosing:
    """What is asked for on the basis of consent is a choice of its own, unticked."""

    def test_it_stands_apart_and_unticked(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        html = resident.ask(choosy.application).content.decode()
        [box] = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html)
        assert 'value="email"' in box
        assert "checked" not in box
        needed, _, choices = html.partition("if you agree")
        assert account.sign_in_name not in needed.partition("will get:")[2]
        assert account.sign_in_name in choices

    def test_whoever_leaves_it_out_goes_on_without(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert agreed(resident, choosy) == {"openid", "profile"}
        consent = Consent.objects.get()
        assert consent.declined_scopes == ["email"]
        assert consent.declined_claims == ["email", "email_verified"]

    def test_nobody_is_asked_again_for_what_they_kept_back(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        agreed(resident, choosy)
        assert "code" in sent(resident.ask(choosy.application, prompt="none"))

    def test_what_was_agreed_to_before_is_ticked_where_it_is_asked_again(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        agreed(resident, choosy, "email")
        page = resident.ask(choosy.application, prompt="consent")
        assert re.search(r"<input[^>]*value=\"email\"[^>]*checked", page.content.decode())

    def test_a_choice_taken_back_takes_it_from_tokens_that_are_out_already(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        token = tokens(resident, choosy, "email")["access_token"]
        assert "email" in body(choosy.userinfo(token))
        page = resident.ask(choosy.application, prompt="consent")
        sent(resident.press(page, "share", choice="none"))
        assert "email" not in body(choosy.userinfo(token))

    def test_what_is_needed_cannot_be_kept_back_nor_what_was_not_asked_for_added(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        for made_up in ("profile", "phone", "x" * 5000):
            assert agreed(resident, choosy, made_up) == {"openid", "profile"}
            Consent.objects.all().delete()

    def test_a_claim_asked_for_alone_is_a_choice_as_its_scope_is(
        self, resident: Resident, choosy: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        asked = {"scope": "openid", "claims": '{"userinfo":{"email":{"essential":true}}}'}
        page = resident.ask(choosy.application, **asked)
        assert 'value="email"' in page.content.decode()
        assert "code" in sent(resident.press(page, "share"))
        assert Consent.objects.get().claims == []
        assert "code" in sent(resident.ask(choosy.application, prompt="none", **asked))
