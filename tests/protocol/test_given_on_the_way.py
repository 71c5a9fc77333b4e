"""What a service asks for and its owner has not given: shown so, added on the way, never needed."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, Phone, PostalAddress
from idp.models import AuthorizationRequest, Consent
from tests import factories
from tests.protocol.asking import asking, redeemed
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, heading, main_text, path, request_id, sent

ALL = "openid profile address phone"
BORN = {"date_of_birth-day": "29", "date_of_birth-month": "2", "date_of_birth-year": "1980"}
TYPED = {"line_1": "1 High Street", "town": "Exampleham", "postcode": "EX1 1AA"}
ADD = {
    "birthdate": ("Add your date of birth", BORN, "29 February 1980"),
    "phone_number": ("Add your phone number", {"number": "07700 900123"}, "07700 900123"),
    "address": ("Add your address", TYPED, "1 High Street"),
}


@pytest.fixture(autouse=True)
def _no_look_up(settings: Settings) -> None:
    settings.ADDRESS_LOOKUP = ""


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential(scopes=ALL.split())


def ask(resident: Resident, partner: Partner, claim: str) -> Response:
    """Ask for this claim by name."""
    return resident.ask(partner.application, scope="openid", claims=asking({claim: None}))


def links(page: Response) -> dict[str, str]:
    """Return the page's links that offer to add something, by their words."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>\s*(Add [^<]*?)\s*<', page.content.decode())
    return {words: unescape(address) for address, words in found}


def give(resident: Resident, page: Response, claim: str) -> Response:
    """Follow the link to what is missing, fill in the page there and come back."""
    words, typed, _shown = ADD[claim]
    return resident.press(resident.get(links(page)[words]), "continue", **typed)


@pytest.mark.parametrize("claim", ADD)
class TestEachDetail:
    """A detail that is asked for and was not given."""

    def test_is_added_on_the_way_and_shared_once_it_was_seen(
        self, signed_in: Resident, partner: Partner, claim: str
    ) -> None:
        page = ask(signed_in, partner, claim)
        assert "Not given" in main_text(page)
        back = give(signed_in, page, claim)
        assert (path(back), request_id(back)) == ("/consent", request_id(page))
        assert ADD[claim][2] in main_text(back)
        assert links(back) == {}
        code = sent(signed_in.press(back, "share"))["code"]
        assert claim in redeemed(partner, code).userinfo

    def test_is_never_needed(self, signed_in: Resident, partner: Partner, claim: str) -> None:
        page = ask(signed_in, partner, claim)
        code = sent(signed_in.press(page, "share"))["code"]
        assert claim not in redeemed(partner, code).userinfo

    def test_is_not_shared_by_a_page_that_did_not_show_it(
        self, signed_in: Resident, partner: Partner, claim: str
    ) -> None:
        before = ask(signed_in, partner, claim)
        give(signed_in, before, claim)
        again = signed_in.press(before, "share")
        assert path(again) == "/consent"
        assert ADD[claim][2] in main_text(again)
        assert not Consent.objects.exists()

    def test_comes_back_to_the_page_after_a_fresh_sign_in(
        self, signed_in: Resident, partner: Partner, account: Account, claim: str
    ) -> None:
        page = ask(signed_in, partner, claim)
        with time_machine.travel(timezone.now() + timedelta(minutes=20)):
            asked = signed_in.get(links(page)[ADD[claim][0]])
            if path(asked) == "/sign-in":
                asked = signed_in.password(asked, account)
            back = signed_in.press(asked, "continue", **ADD[claim][1])
            assert (path(back), request_id(back)) == ("/consent", request_id(page))
            assert "code" in sent(signed_in.press(back, "share"))

    def test_leads_to_a_page_that_says_so_where_the_request_is_over(
        self, signed_in: Resident, partner: Partner, claim: str
    ) -> None:
        page = ask(signed_in, partner, claim)
        AuthorizationRequest.objects.update(expires_at=timezone.now())
        over = give(signed_in, page, claim)
        assert (over.status_code, path(over)) == (400, "/consent")
        assert heading(over)

    def test_leads_on_to_the_service_where_another_tab_agreed_meanwhile(
        self, signed_in: Resident, partner: Partner, account: Account, claim: str
    ) -> None:
        asked = signed_in.get(links(ask(signed_in, partner, claim))[ADD[claim][0]])
        # Browsers hold each redirect after the form against the policy of its page.
        assert "form-action 'self' https://service.example.org" in asked["Content-Security-Policy"]
        factories.consent(account, partner.application, scopes=["openid"], claims=[claim])
        assert "code" in sent(signed_in.press(asked, "continue", **ADD[claim][1]))


NEEDED_LATER = "A detail that is “Not given” is shared once you add it."
CHOSEN_LATER = "If you tick a detail that is “Not given”, it is shared once you add it."


class TestGivenLater:
    """The page says in plain words that a detail is shared when it is given later."""

    def test_of_one_that_is_needed(self, signed_in: Resident, partner: Partner) -> None:
        text = main_text(signed_in.ask(partner.application, scope="openid phone"))
        assert NEEDED_LATER in text
        assert CHOSEN_LATER not in text

    def test_of_one_that_may_be_kept_back(self, signed_in: Resident, partner: Partner) -> None:
        partner.application.scopes.filter(scope="phone").update(lawful_basis="consent")
        text = main_text(signed_in.ask(partner.application, scope="openid phone"))
        assert CHOSEN_LATER in text
        assert NEEDED_LATER not in text

    @pytest.mark.parametrize("claim", ADD)
    def test_of_one_that_is_asked_for_by_name_until_it_is_there(
        self, signed_in: Resident, partner: Partner, claim: str
    ) -> None:
        page = ask(signed_in, partner, claim)
        assert NEEDED_LATER in main_text(page)
        assert NEEDED_LATER not in main_text(give(signed_in, page, claim))


class TestWhatIsOffered:
    """Offered to be added is."""

    def test_what_a_scope_is_about_where_nothing_of_it_is_there(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        assert links(page).keys() == {"Add your address", "Add your phone number"}

    def test_nothing_only_because_a_name_is_asked_for_though_it_is_told(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope="openid profile")
        assert "Date of birth: Not given" in main_text(page)
        assert links(page) == {}

    def test_what_may_be_kept_back_beside_its_box(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        partner.application.scopes.filter(scope="phone").update(lawful_basis="consent")
        page = signed_in.ask(partner.application, scope="openid phone")
        assert links(page).keys() == {"Add your phone number"}
        back = give(signed_in, page, "phone_number")
        assert "07700 900123" in main_text(back)
        sent(signed_in.press(back, "share"))
        assert Consent.objects.get().declined_scopes == ["phone"]

    def test_nothing_that_has_no_page(self, signed_in: Resident, partner: Partner) -> None:
        page = ask(signed_in, partner, "nickname")
        assert "Nickname Not given" in main_text(page)
        assert links(page) == {}

    @pytest.mark.parametrize("claim", ["phone_number", "address"])
    def test_another_instead_of_one_that_is_unsafe(
        self, signed_in: Resident, partner: Partner, account: Account, claim: str
    ) -> None:
        unsafe = {"account": account, "unsafe_since": timezone.now()}
        Phone.objects.create(number="+447700900123", **unsafe)
        PostalAddress.objects.create(lines="1 High Street", **unsafe)
        page = ask(signed_in, partner, claim)
        assert "Not given" in main_text(page)
        assert links(page).keys() == {ADD[claim][0]}
