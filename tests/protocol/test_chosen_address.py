"""Which email address a service gets is its owner's choice, among those that are safe."""

import re

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Account, EmailAddress
from idp.models import Consent
from tests import factories
from tests.protocol import tokens
from tests.protocol.asking import asking
from tests.protocol.choosing_address import MAIN, WORK, shared, told
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, main_text, path, sent


@pytest.fixture
def work(account: Account) -> EmailAddress:
    """Return a second address of the account."""
    return factories.email_address(account, WORK, is_primary=False)


def radios(page: Response) -> dict[str, bool]:
    """Return the choices on the page, and whether each is chosen."""
    found = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page.content.decode())
    return {re.findall(r'value="([^"]*)"', one)[0]: "checked" in one for one in found}


class TestThePage:
    """The sharing page."""

    def test_offers_each_address_with_what_is_said_of_it_and_the_main_one_chosen(
        self, signed_in: Resident, partner: Partner, account: Account, work: EmailAddress
    ) -> None:
        factories.email_address(factories.account(), WORK, is_primary=False)
        page = signed_in.ask(partner.application)
        main = EmailAddress.objects.get(account=account, is_primary=True)
        assert radios(page) == {str(main.pk): True, str(work.pk): False}
        text = main_text(page)
        assert "Email address The one that you choose below" in text
        assert f"{MAIN} Your main email address. Confirmed as yours alone" in text
        assert f"{WORK} Not confirmed as yours alone" in text

    def test_says_of_an_address_by_choice_alone_that_it_takes_a_tick(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        tick = "We share it only if you tick"
        page = signed_in.ask(partner.application)
        assert str(work.pk) in radios(page)
        assert tick not in main_text(page)
        assert "email-hint" not in page.text
        partner.application.scopes.filter(scope="email").update(lawful_basis="consent")
        assert tick in main_text(signed_in.ask(partner.application))

    def test_offers_no_choice_where_there_is_one_address_alone(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application)
        assert radios(page) == {}
        assert f"Email address {MAIN}" in main_text(page)

    def test_offers_no_address_that_is_unsafe(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        EmailAddress.objects.filter(pk=work.pk).update(unsafe_since=timezone.now())
        page = signed_in.ask(partner.application)
        assert radios(page) == {}
        assert WORK not in main_text(page)

    @pytest.mark.usefixtures("work")
    @pytest.mark.parametrize(
        "claims", ["", asking({"name": None}), asking({"email_verified": None})]
    )
    def test_offers_none_where_no_address_is_asked_for(
        self, signed_in: Resident, partner: Partner, claims: str
    ) -> None:
        page = signed_in.ask(partner.application, scope="openid profile", claims=claims or None)
        assert radios(page) == {}

    @pytest.mark.usefixtures("work")
    def test_offers_them_for_a_claim_that_is_asked_for_alone(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking(None, {"email": None})
        assert len(radios(signed_in.ask(partner.application, scope="openid", claims=claims))) == 2

    def test_has_the_one_chosen_that_was_shared_before(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        page = signed_in.ask(partner.application, prompt="consent")
        assert radios(page)[str(work.pk)]


class TestTheService:
    """The service gets."""

    def test_the_address_that_was_chosen_with_what_is_known_of_it(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        factories.email_address(factories.account(), WORK, is_primary=False)
        answer = shared(signed_in, partner, email=work.pk)
        assert told(partner, answer) == {"email": WORK, "email_verified": False}

    def test_it_in_the_id_token_too(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        claims = asking(None, {"email": None, "email_verified": None})
        answer = shared(signed_in, partner, email=work.pk, claims=claims)
        said = tokens.claims(answer["id_token"], partner.application.client_id)
        assert (said["email"], said["email_verified"]) == (WORK, True)

    def test_the_main_one_whichever_that_is_where_that_was_left_chosen(
        self, signed_in: Resident, partner: Partner, account: Account, work: EmailAddress
    ) -> None:
        rows = EmailAddress.objects.filter(account=account)
        answer = shared(signed_in, partner, email=rows.get(is_primary=True).pk)
        assert told(partner, answer)["email"] == MAIN
        rows.update(is_primary=False)
        rows.filter(pk=work.pk).update(is_primary=True)
        assert told(partner, answer)["email"] == WORK

    def test_none_where_every_address_is_unsafe(
        self, signed_in: Resident, partner: Partner, account: Account, work: EmailAddress
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        EmailAddress.objects.filter(account=account).update(unsafe_since=timezone.now())
        assert told(partner, answer) == {}

    def test_the_chosen_one_still_when_it_asks_later_for_something_else(
        self, signed_in: Resident, partner: Partner, work: EmailAddress
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        page = signed_in.ask(partner.application, scope="openid profile", prompt="consent")
        sent(signed_in.press(page, "share"))
        assert told(partner, answer)["email"] == WORK

    def test_one_statement_for_it_as_for_the_main_one(
        self,
        signed_in: Resident,
        partner: Partner,
        work: EmailAddress,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        told(partner, answer)
        with django_assert_num_queries(2):
            told(partner, answer)


class TestForgery:
    """What no page of ours offered."""

    @pytest.mark.parametrize("made_up", ["", "0", "-1", "x", "1" * 400, "\x00", WORK, "\uff11"])
    def test_an_address_that_was_not_offered_shares_nothing(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, made_up: str
    ) -> None:
        del work
        again = signed_in.press(signed_in.ask(partner.application), "share", email=made_up)
        assert path(again) == "/consent"
        assert not Consent.objects.exists()

    @pytest.mark.usefixtures("work")
    def test_neither_does_somebody_elses(self, signed_in: Resident, partner: Partner) -> None:
        other = EmailAddress.objects.get(account=factories.account("sam@example.org"))
        again = signed_in.press(signed_in.ask(partner.application), "share", email=str(other.pk))
        assert path(again) == "/consent"
        assert not Consent.objects.exists()

    def test_without_a_choice_none_is_made(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        other = EmailAddress.objects.get(account=factories.account("sam@example.org"))
        answer = shared(signed_in, partner, email=other.pk)
        assert Consent.objects.get().email is None
        assert told(partner, answer)["email"] == account.sign_in_name

    @pytest.mark.parametrize("change", ["removed", "unsafe", "added", "shared", "replaced"])
    def test_an_answer_about_other_addresses_is_asked_again(
        self,
        signed_in: Resident,
        partner: Partner,
        account: Account,
        work: EmailAddress,
        change: str,
    ) -> None:
        page = signed_in.ask(partner.application)
        rows = EmailAddress.objects.filter(pk=work.pk)
        match change:
            case "removed":
                rows.delete()
            case "unsafe":
                rows.update(unsafe_since=timezone.now())
            case "added":
                factories.email_address(account, "ann.new@example.org", is_primary=False)
            case "shared":
                factories.email_address(factories.account(), WORK, is_primary=False)
            case "replaced":
                rows.update(address="ann.new@example.org", address_key="ann.new@example.org")
        again = signed_in.press(page, "share", email=str(work.pk))
        assert path(again) == "/consent"
        assert not Consent.objects.exists()
