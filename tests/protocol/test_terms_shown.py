"""The page tells on which terms details are shared, and what was read is what is agreed to."""

import pytest

from accounts.models import Account
from idp.models import Consent
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, main_text, path, sent
from tests.protocol.telling import NAMES, NOTICE, TERMS, Change, change, make_optional, tell

pytestmark = pytest.mark.django_db


class TestTerms:
    """What the page tells of each detail."""

    def test_what_is_kept_and_each_notice_are_shown(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        change(privacy_url="https://service.example.org/privacy")(partner.application)
        tell(retention="A year", privacy_notice=NOTICE, notice_version="7")(partner.application)
        resident.sign_in(account)
        page = resident.ask(partner.application)
        text, html = main_text(page), page.content.decode()
        assert "What they keep, and for how long Email address A year" in text
        assert f'href="{NOTICE}"' in html
        assert 'href="https://service.example.org/privacy"' in html
        assert "How Council Tax uses your details under “Email address” (version 7)" in text

    def test_what_is_kept_of_several_details_stands_once_beside_a_line_for_each(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        partner.application.scopes.update(retention="A year")
        resident.sign_in(account)
        html = resident.ask(partner.application).content.decode()
        assert html.count("A year") == 1
        labels = ("That it is you", "Your name and profile", "Email address")
        assert "".join(f"<div>{label}</div>" for label in labels) in html

    def test_a_notice_for_everything_is_named_once(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        TERMS["notice of all"](partner.application)
        resident.sign_in(account)
        page = resident.ask(partner.application)
        assert page.content.decode().count(NOTICE) == 1

    @pytest.mark.parametrize("changed", TERMS.values(), ids=TERMS)
    def test_a_change_between_page_and_answer_shows_the_page_again(
        self, resident: Resident, partner: Partner, account: Account, changed: Change
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        changed(partner.application)
        again = resident.press(page, "share")
        assert path(again) == "/consent"
        assert not Consent.objects.exists()
        assert "code" in sent(resident.press(again, "share"))

    def test_the_agreement_says_which_versions_were_read_also_of_what_was_kept_back(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        make_optional(partner.application)
        resident.sign_in(account)
        page = resident.ask(partner.application)
        resident.press(page, "share")
        consent = Consent.objects.get()
        assert consent.declined_scopes == ["email"]
        assert consent.terms == {"openid": 1, "profile": 1, "email": 2}
        assert consent.organisation_name == partner.application.organisation.name

    @pytest.mark.parametrize("changed", [TERMS["purpose"], NAMES["its name"]])
    def test_a_choice_made_on_other_terms_is_no_tick_on_these(
        self, resident: Resident, partner: Partner, account: Account, changed: Change
    ) -> None:
        make_optional(partner.application)
        resident.sign_in(account)
        resident.press(resident.ask(partner.application), "share", choice="email")
        assert "checked" in _ask_anyhow(resident, partner)
        changed(partner.application)
        assert "checked" not in _ask_anyhow(resident, partner)


class TestChoices:
    """Other choices in "Your services"."""

    @pytest.fixture
    def page(self, resident: Resident, partner: Partner, account: Account) -> Response:
        make_optional(partner.application)
        resident.sign_in(account)
        resident.press(resident.ask(partner.application), "share")
        tell(purpose="To send you news", retention="A year")(partner.application)
        return resident.get(f"/account/services/{partner.application.slug}/choices")

    def test_are_made_on_the_terms_of_now(self, resident: Resident, page: Response) -> None:
        told = "To send you news. What is kept, and for how long: A year"
        assert told in main_text(page)
        resident.press(page, "continue", choice="email")
        consent = Consent.objects.get(superseded_at=None)
        assert consent.terms["email"] == 3
        assert "email" in consent.scopes

    def test_are_asked_for_again_when_the_terms_change_meanwhile(
        self, resident: Resident, partner: Partner, page: Response
    ) -> None:
        tell(purpose="To sell it")(partner.application)
        again = resident.press(page, "continue", choice="email")
        assert "To sell it" in main_text(again)
        assert "email" not in Consent.objects.get(superseded_at=None).scopes

    @pytest.mark.parametrize("shown", ["", "x", "1:é", "\x00"])
    def test_take_nothing_that_no_page_of_ours_sent(
        self, resident: Resident, page: Response, shown: str
    ) -> None:
        again = resident.press(page, "continue", choice="email", shown=shown)
        assert path(again).endswith("/choices")
        assert "email" not in Consent.objects.get(superseded_at=None).scopes


def _ask_anyhow(resident: Resident, partner: Partner) -> str:
    return str(resident.ask(partner.application, prompt="consent").content.decode())
