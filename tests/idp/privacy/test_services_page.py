"""Seeing which services one shares details with, and stopping it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Manager
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, AuditEvent
from clients.models import Application, Organisation
from idp.models import Consent
from tests import factories
from tests.accounts.visitor import Visitor
from tests.protocol.resident import main_text

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


LISTED = 'href="/account/services/council-tax"'


def text(browser: Visitor, path: str) -> str:
    return main_text(browser.get(path))


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
    assert 'href="/account/services/council-tax"' in page
    assert council_tax.organisation.name in page
    assert 'href="https://tax.example.org/"' in page
    page = text(browser, "/account/services/council-tax")
    assert "Your email address To find your account" in page
    assert "Your name and profile" not in page
    assert "You agreed on 1 July 2026" in page


@pytest.mark.parametrize("rows", [Application.objects, Organisation.objects])
def test_no_page_leads_to_a_service_while_the_council_has_suspended_it(
    browser: Visitor,
    amara: Account,
    council_tax: Application,
    rows: Manager[Any],
) -> None:
    factories.consent(amara, council_tax)
    own = "/account/services/council-tax"
    assert 'href="https://tax.example.org/"' in browser.get(own).content.decode()
    rows.update(status="suspended")
    pages = services(browser) + browser.get(own).content.decode()
    Consent.objects.update(withdrawn_at=timezone.now())
    pages += browser.get(own).content.decode()
    assert "https://tax.example.org/" not in pages
    assert pages.count("You cannot sign in to this service at the moment") == 2


def test_what_no_longer_holds_is_not_shown(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    consent = factories.consent(amara, council_tax)
    assert LISTED in services(browser)
    for column in ("superseded_at", "withdrawn_at", "expires_at"):
        before = getattr(consent, column)
        Consent.objects.update(**{column: timezone.now()})
        assert LISTED not in services(browser).partition("no longer share with")[0]
        Consent.objects.update(**{column: before})


def test_nobody_sees_anothers_services(browser: Visitor, council_tax: Application) -> None:
    factories.consent(factories.account("ben@example.com"), council_tax)
    assert "Council Tax" not in services(browser)
    assert browser.get("/account/services/council-tax/stop").status_code == 404


def test_a_service_says_what_each_detail_is_for_why_and_how_long_it_is_kept(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    rows = council_tax.scopes
    rows.filter(scope="email").update(
        lawful_basis="consent",
        purpose="To write to you",
        retention="Until you move",
        privacy_notice="https://tax.example.org/email",
    )
    rows.filter(scope="profile").update(lawful_basis="legal_obligation")
    rows.filter(scope="offline_access").update(lawful_basis="contract")
    factories.consent(amara, council_tax)
    page = text(browser, "/account/services/council-tax")
    for told in (
        "Riverside Trust needs it for work the law gives it.",
        "The law requires Riverside Trust to know it.",
        "Riverside Trust needs it to give you what you ask it for.",
        "To write to you Only because you agreed to it. Kept: Until you move",
    ):
        assert told in " ".join(page.split())
    assert (
        "https://tax.example.org/email"
        in browser.get("/account/services/council-tax").content.decode()
    )


def test_claims_asked_for_one_by_one_are_named_by_themselves(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    factories.consent(amara, council_tax, scopes=["openid"], claims=["sub", "birthdate"])
    page = text(browser, "/account/services/council-tax")
    assert "Date of birth To find your account" in page
    assert "Your name and profile" not in page


def test_one_that_was_told_of_and_not_asked_for_says_so(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    factories.consent(amara, council_tax, kind=Consent.Kind.TOLD)
    page = text(browser, "/account/services/council-tax")
    assert "We told you on" in page
    assert "You agreed on" not in page


def test_one_that_is_no_longer_shared_with_still_has_a_page(
    browser: Visitor, amara: Account, council_tax: Application
) -> None:
    factories.consent(amara, council_tax)
    browser.client.post("/account/services/council-tax/stop")
    page = browser.get("/account/services/council-tax").content.decode()
    assert "You no longer share your details with Council Tax" in page
    for rest in ("given", "stopped", "block"):
        assert f'href="/account/services/council-tax/{rest}"' in page


@pytest.mark.parametrize("rest", ["", "/stop", "/block", "/given"])
def test_a_page_of_a_service_costs_10_statements_at_most(
    browser: Visitor, amara: Account, council_tax: Application, rest: str
) -> None:
    factories.consent(amara, council_tax)
    with CaptureQueriesContext(connection) as queries:
        text(browser, f"/account/services/council-tax{rest}")
    assert len(queries) <= 10
    if rest == "/stop":
        browser.client.post("/account/services/council-tax/stop")
        for path in ("", "/stopped"):
            with CaptureQueriesContext(connection) as queries:
                text(browser, f"/account/services/council-tax{path}")
            assert len(queries) <= 10


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
        assert "Stop signing in to Council Tax with this account" in page
        assert "5 minutes" in page
        consent.refresh_from_db()
        assert consent.withdrawn_at is None

    def test_it_ends_the_agreement_and_what_the_service_holds(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        issued = factories.grant(council_tax, account=amara)
        response = browser.client.post(self.ADDRESS)
        told = f"{self.ADDRESS}ped"
        assert (response.status_code, response["Location"]) == (303, told)
        page = browser.get(told).content.decode()
        assert "You stopped signing in to Council Tax with this account" in page
        assert "There are no services in this list." in services(browser)
        issued.grant.refresh_from_db()
        assert issued.grant.expires <= timezone.now()
        event = AuditEvent.objects.get(event="account:consent:withdrawn")
        assert (event.actor_kind, event.account_id) == ("resident", amara.pk)

    def test_only_what_was_stopped_is_said_to_be_stopped(
        self, browser: Visitor, amara: Account, council_tax: Application
    ) -> None:
        factories.consent(amara, council_tax)
        factories.consent(factories.account(), factories.application(slug="bins"))
        for name in ("council-tax", "bins", "another", "%00"):
            assert browser.get(f"/account/services/{name}/stopped").status_code == 404

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
