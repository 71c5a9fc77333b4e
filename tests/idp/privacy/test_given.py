"""Seeing what a service was given, and when."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account
from accounts.retention.operations import purge
from clients.models import Application
from idp.consent import operations as consents
from idp.disclosures import operations
from idp.models import Consent, Disclosure
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

PATH = "/account/services/council-tax/given"
NOON = datetime(2026, 7, 1, 11, 5, tzinfo=UTC)  # five past twelve in London

DAY = re.compile(r"<dt[^>]*>\s*(\d+ \w+ \d+)")
OLDER = re.compile(r'href="(\?before=\d+)"')


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def agreement(amara: Account) -> Consent:
    application = factories.application(slug="council-tax", name="Council Tax")
    return factories.consent(amara, application)


def note(agreement: Consent, *claims: str, at: datetime = NOON) -> None:
    endpoint = Disclosure.Endpoint.USERINFO if claims else Disclosure.Endpoint.TOKEN
    operations.note(consent=agreement, endpoint=endpoint, claims={"sub", *claims}, at=at)


def read(browser: Visitor, path: str = PATH) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Visitor().get(PATH)["Location"].startswith("/sign-in?return_to=%2Faccount%2Fservices")


@pytest.mark.usefixtures("agreement")
def test_without_anything_it_says_so(browser: Visitor) -> None:
    assert "Council Tax has been given nothing so far." in read(browser)


def test_each_day_says_which_details_how_often_and_when_last(
    browser: Visitor, agreement: Consent
) -> None:
    note(agreement)
    note(agreement, "email", "name")
    note(agreement, "email", "name", at=NOON + timedelta(minutes=5))
    page = read(browser)

    assert page.count("1 July 2026") == 2
    assert "That it is you: a number only this service gets" in page
    assert "Once, at 12:05pm" in page
    assert "<div>Name</div><div>Email address</div>" in page
    assert "2 times, the last at 12:10pm" in page
    assert page.index("Email address") < page.index("That it is you")


def test_the_list_of_services_says_when_each_was_used_last(
    browser: Visitor, agreement: Consent
) -> None:
    assert "Not used yet" in read(browser, "/account/services")
    note(agreement)
    assert "1 July 2026 at 12:05pm" in read(browser, "/account/services")


def test_it_stays_to_be_seen_when_sharing_was_stopped(
    browser: Visitor, agreement: Consent, amara: Account
) -> None:
    note(agreement)
    consents.withdraw(account=amara, application=agreement.application, by=resident(amara))
    page = read(browser, "/account/services")

    assert "Services that you no longer share with" in page
    assert 'href="/account/services/council-tax"' in page
    assert f'href="{PATH}"' in read(browser, "/account/services/council-tax")
    assert "1 July 2026" in read(browser)


def test_older_rows_follow_page_by_page_and_none_twice(
    browser: Visitor, agreement: Consent
) -> None:
    for day in range(45):
        note(agreement, at=NOON - timedelta(days=day))
    days, page = [], read(browser)
    days += DAY.findall(page)
    while older := OLDER.search(page):
        page = read(browser, PATH + older[1])
        days += DAY.findall(page)

    assert len(days) == len(set(days)) == 45
    assert "There is nothing older." not in page


@pytest.mark.parametrize("before", ["x", "-1", "٣", "9" * 40, "%00", "0"])
def test_an_address_that_somebody_made_up_shows_the_newest(
    before: str, browser: Visitor, agreement: Consent
) -> None:
    note(agreement)
    assert "1 July 2026" in read(browser, f"{PATH}?before={before}")


def test_nobody_sees_anothers(browser: Visitor, agreement: Consent) -> None:
    other = factories.consent(factories.account("ben@example.com"), agreement.application)
    note(other)
    theirs = Disclosure.objects.get()

    assert "given nothing so far" in read(browser, f"{PATH}?before={theirs.pk}")
    assert browser.get("/account/services/unknown/given").status_code == 404


def test_what_is_kept_out_of_sight_is_behind_a_fresh_sign_in(
    browser: Visitor, agreement: Consent
) -> None:
    note(agreement)
    Application.objects.update(is_sensitive=True)
    private = "/account/private-services/council-tax/given"

    assert browser.get(PATH).status_code == 404
    page = read(browser, private)
    assert "1 July 2026" in page
    assert "govuk-exit-this-page" in page
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert browser.get(private).status_code == 302


@pytest.mark.parametrize("rows", [0, 45])
def test_the_pages_take_no_more_statements_for_more_rows(
    rows: int, browser: Visitor, agreement: Consent
) -> None:
    for day in range(rows):
        note(agreement, at=NOON - timedelta(days=day))
    for path in (PATH, "/account/services", "/account/services/council-tax"):
        with CaptureQueriesContext(connection) as captured:
            read(browser, path)
        assert len(captured) <= 10


def test_it_is_forgotten_after_two_years(agreement: Consent) -> None:
    note(agreement, at=timezone.now())
    purge(now=timezone.now() + timedelta(days=729))
    assert Disclosure.objects.exists()
    purge(now=timezone.now() + timedelta(days=732))
    assert not Disclosure.objects.exists()
