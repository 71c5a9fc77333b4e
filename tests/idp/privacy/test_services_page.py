"""Seeing which services one shares details with, and stopping it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, AuditEvent
from clients.models import Application
from idp.models import Consent
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def council_tax() -> Application:
    return factories.application(
        slug="council-tax", name="Council Tax", home_url="https://tax.example.org/"
    )


def services(browser: Visitor) -> str:
    page: str = browser.get("/account/services").content.decode()
    return page


@pytest.mark.parametrize("path", ["/account/services", "/account/services/council-tax/stop"])
def test_a_stranger_is_sent_to_sign_in(path: str) -> None:
    assert Visitor().get(path)["Location"].startswith("/sign-in?return_to=%2Faccount%2Fservices")


def test_without_services_it_says_so(browser: Visitor) -> None:
    assert "There are no services in this list." in services(browser)


def test_each_service_shows_who_runs_it_what_it_gets_and_since_when(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # already July in London
    factories.consent(amara, council_tax, scopes=["openid", "email"], granted_at=at)
    page = services(browser)
    assert "Council Tax" in page
    assert council_tax.organisation.name in page
    assert "Your email address" in page
    assert "Your name and profile" not in page
    assert "1 July 2026" in page
    assert 'href="https://tax.example.org/"' in page


def test_what_no_longer_holds_is_not_shown(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    consent = factories.consent(amara, council_tax)
    assert "Stop sharing with Council Tax" in services(browser)
    for column in ("superseded_at", "withdrawn_at", "expires_at"):
        before = getattr(consent, column)
        Consent.objects.update(**{column: timezone.now()})
        assert "Stop sharing with Council Tax" not in services(browser)
        Consent.objects.update(**{column: before})


def test_nobody_sees_anothers_services(browser: Visitor, council_tax: Application) -> None:
    factories.consent(factories.account("ben@example.com"), council_tax)
    assert "Council Tax" not in services(browser)
    assert browser.get("/account/services/council-tax/stop").status_code == 404


def test_many_services_cost_no_more_statements_than_one(browser: Visitor, amara: Account) -> None:
    counts = []
    for _ in range(2):
        factories.consent(amara, factories.application())
        with CaptureQueriesContext(connection) as queries:
            services(browser)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


class TestStopping:
    """`/account/services/<service>/stop`."""

    ADDRESS = "/account/services/council-tax/stop"

    def test_it_asks_first_and_says_what_happens(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        consent = factories.consent(amara, council_tax)
        page = browser.get(self.ADDRESS).content.decode()
        assert "Stop sharing your details with Council Tax" in page
        assert "5 minutes" in page
        consent.refresh_from_db()
        assert consent.withdrawn_at is None

    def test_it_ends_the_agreement_and_what_the_service_holds(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        issued = factories.grant(council_tax, account=amara)
        response = browser.client.post(self.ADDRESS)
        told = "/account/services?stopped=council-tax"
        assert (response.status_code, response["Location"]) == (303, told)
        page = browser.get(told).content.decode()
        assert "You stopped sharing your details with Council Tax" in page
        assert "Stop sharing with Council Tax" not in services(browser)
        issued.grant.refresh_from_db()
        assert issued.grant.expires <= timezone.now()
        event = AuditEvent.objects.get(event="account:consent:withdrawn")
        assert (event.actor_kind, event.account_id) == ("resident", amara.pk)

    def test_only_what_was_stopped_is_said_to_be_stopped(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        factories.consent(amara, council_tax)
        for name in ("council-tax", "another", "%00"):
            page = browser.get(f"/account/services?stopped={name}").content.decode()
            assert "You stopped sharing" not in page

    def test_a_second_click_finds_nothing_left_to_stop(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        factories.consent(amara, council_tax)
        browser.client.post(self.ADDRESS)
        assert browser.client.post(self.ADDRESS).status_code == 404
        assert AuditEvent.objects.filter(event="account:consent:withdrawn").count() == 1

    def test_other_services_and_other_people_keep_theirs(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        factories.consent(amara, council_tax)
        kept = [
            factories.consent(amara, factories.application()),
            factories.consent(factories.account("ben@example.com"), council_tax),
        ]
        browser.client.post(self.ADDRESS)
        for consent in kept:
            consent.refresh_from_db()
            assert consent.withdrawn_at is None

    def test_another_sites_form_stops_nothing(
        self, amara: Account, council_tax: Application
    ) -> None:
        consent = factories.consent(amara, council_tax)
        browser = Visitor(csrf=False)
        browser.submit(amara.sign_in_name)
        browser.client.handler.enforce_csrf_checks = True
        assert browser.client.post(self.ADDRESS).status_code == 403
        consent.refresh_from_db()
        assert consent.withdrawn_at is None

    @pytest.mark.parametrize("name", ["nothing", "a%00b", "%ff", "x" * 300, "..%2f"])
    def test_a_made_up_service_is_not_found(self, browser: Visitor, name: str) -> None:
        assert browser.get(f"/account/services/{name}/stop").status_code == 404
