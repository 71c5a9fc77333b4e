"""A request kept between steps: whose it is, how often it is answered, and for whom never."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.limits.table import AUTHORIZATION_NETWORK
from accounts.models import Account
from idp.models import AuthorizationRequest, Consent, Grant
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import (
    FORM,
    Resident,
    heading,
    parameters,
    path,
    sent,
)


class TestStoredRequest:
    """The validated request stays with us; only its id travels, in the browser that began it."""

    def begin(self, resident: Resident, partner: Partner) -> str:
        """Begin a request that waits for a sign-in, and return its address."""
        resident.ask(partner.application)
        stored = AuthorizationRequest.objects.latest("created_at")
        return f"/authorize/continue?request={stored.pk}"

    @pytest.mark.parametrize("page", ["/authorize/continue", "/authorize/account", "/consent"])
    def test_in_another_browser_it_says_so_and_nothing_more(
        self, resident: Resident, partner: Partner, account: Account, page: str
    ) -> None:
        address = self.begin(resident, partner).replace("/authorize/continue", page)
        other = Resident()
        other.sign_in(account)
        response = other.get(address)
        assert response.status_code == 400
        assert heading(response) == "This sign-in was started in another browser"
        assert "Council Tax" not in response.content.decode()
        assert "help code" in response.content.decode()

    def test_after_two_hours_it_says_so_and_leads_back(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(home_url="https://service.example.org/")
        address = self.begin(resident, partner)
        AuthorizationRequest.objects.update(expires_at=timezone.now())
        resident.sign_in(account)
        page = resident.get(address)
        assert page.status_code == 400
        assert heading(page) == "Your sign-in has timed out"
        assert 'href="https://service.example.org/"' in page.content.decode()

    def test_it_is_answered_once(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        address = self.begin(resident, partner)
        resident.sign_in(account)
        resident.press(resident.get(address), "share")
        page = resident.get(address)
        assert page.status_code == 400
        assert heading(page) == "This sign-in was already used"
        assert Grant.objects.count() == 1

    @pytest.mark.parametrize(
        "request_id", ["", "x", "a" * 43, "%00" * 43, "%ff%fe", "'" * 43, "a" * 5000]
    )
    def test_an_unknown_one_is_a_page(self, resident: Resident, request_id: str) -> None:
        page = resident.get(f"/authorize/continue?request={request_id}")
        assert page.status_code == 400
        assert heading(page) == "We cannot find this sign-in"

    def test_two_tabs_do_not_mix(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        library = factories.application(name="Library", redirect_uris="https://library.example/cb")
        tax = resident.ask(partner.application, state="tax")
        books = resident.ask(library, redirect_uri="https://library.example/cb", state="books")
        answer = resident.press(tax, "share")
        assert sent(answer)["state"] == "tax"
        answer = resident.press(books, "share")
        assert sent(answer, "https://library.example/cb")["state"] == "books"

    def test_only_its_id_and_hash_of_browser_are_there_to_find(
        self, resident: Resident, partner: Partner
    ) -> None:
        self.begin(resident, partner)
        row = AuthorizationRequest.objects.get()
        assert row.browser_hash
        assert row.browser_hash != resident.client.cookies[settings.BROWSER_COOKIE_NAME].value


class TestNobodyInactive:
    """Inactive accounts, applications and organisations get nothing."""

    def test_an_application_suspended_on_the_way_gets_no_answer(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        partner.application.status = "suspended"
        partner.application.save()
        response = resident.press(page, "share")
        assert response.status_code == 400
        assert "Location" not in response
        assert not Grant.objects.exists()

    def test_an_organisation_suspended_on_the_way_gets_no_answer(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        organisation = partner.application.organisation
        organisation.status = "suspended"
        organisation.save()
        response = resident.press(page, "share")
        assert response.status_code == 400
        assert not Grant.objects.exists()

    def test_an_account_suspended_on_the_way_is_not_signed_in(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        account.status = "suspended"
        account.save()
        assert path(resident.press(page, "share")) == "/sign-in"
        assert not Consent.objects.exists()


class TestPostedRequest:
    """A request posted from another site has no owner until its browser comes back by GET."""

    def post(self, partner: Partner, **wish: str) -> str:
        """Post a request as a page of no browser of ours would; return where it continues."""
        query = urlencode(parameters(partner.application, **wish))
        return str(Client().post("/authorize", query, content_type=FORM)["Location"])

    @pytest.mark.parametrize("wish", [{"prompt": "login"}, {"max_age": "0"}])
    def test_a_sign_in_of_before_it_was_opened_does_not_count(
        self, partner: Partner, account: Account, wish: dict[str, str]
    ) -> None:
        prepared = self.post(partner, **wish)
        resident = Resident()
        resident.sign_in(account)
        assert path(resident.get(prepared)) == "/sign-in"

    def test_a_session_of_before_is_found_where_nothing_fresh_is_asked(
        self, partner: Partner, account: Account
    ) -> None:
        resident = Resident()
        resident.sign_in(account)
        assert path(resident.get(self.post(partner))) == "/consent"

    def test_left_lying_for_minutes_it_belongs_to_nobody(self, partner: Partner) -> None:
        prepared = self.post(partner)
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            assert heading(Resident().get(prepared)) == "Your sign-in has timed out"

    def test_once_opened_it_lasts_as_long_as_any(self, partner: Partner) -> None:
        resident, prepared = Resident(), self.post(partner)
        resident.get(prepared)
        with time_machine.travel(timezone.now() + timedelta(minutes=90)):
            assert path(resident.get(prepared)) == "/sign-in"


class TestFlooding:
    """Each request is a row: one network may leave only so many."""

    def test_a_network_that_floods_is_asked_to_wait_and_nothing_is_stored(
        self, partner: Partner, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.LIMITS_ENABLED = True
        few = replace(AUTHORIZATION_NETWORK, amount=2)
        monkeypatch.setattr("idp.oidc.authorize.views.AUTHORIZATION_NETWORK", few)
        statuses = [Resident().ask(partner.application).status_code for _time in range(4)]
        assert statuses == [200, 200, 429, 429]
        assert AuthorizationRequest.objects.count() == 2
