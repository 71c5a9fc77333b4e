"""Services that are kept out of sight until their user has just shown who they are."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account, AuditEvent
from accounts.signals import account_joined
from clients.models import Application
from idp.hiding import operations as hiding
from idp.hiding.queries import is_sensitive
from idp.models import Consent, HiddenService
from idp.privacy import queries
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=16)


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def refuge(amara: Account) -> Application:
    """Return a service that the council marked, and that Amara uses."""
    application = factories.application(slug="refuge", name="Women's Refuge", is_sensitive=True)
    factories.consent(amara, application)
    return application


@pytest.fixture
def choir(amara: Account) -> Application:
    """Return a service that Amara uses and has not hidden yet."""
    application = factories.application(slug="choir", name="Evening Choir")
    factories.consent(amara, application)
    return application


def read(browser: Visitor, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.usefixtures("refuge", "choir")
def test_a_service_that_the_council_marked_is_left_out_of_the_list(browser: Visitor) -> None:
    page = read(browser, "/account/services")
    assert "Evening Choir" in page
    assert "Refuge" not in page
    assert "exit-this-page" not in page


@pytest.mark.usefixtures("refuge")
def test_it_is_shown_with_a_way_out_to_whoever_has_just_signed_in(browser: Visitor) -> None:
    page = read(browser, "/account/private-services")
    assert "Women&#x27;s Refuge" in page
    assert 'data-module="govuk-exit-this-page"' in page
    assert "again</button>" not in page


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("rest", ["", "/refuge/stop", "/nothing/stop"])
def test_whoever_signed_in_a_while_ago_signs_in_again_first(browser: Visitor, rest: str) -> None:
    path = f"/account/private-services{rest}"
    with time_machine.travel(timezone.now() + LATER, tick=False):
        response = browser.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?return_to=%2Faccount%2Fprivate-services")
    assert "again=fully" in response["Location"]


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("verb", ["stop", "hide"])
def test_guessing_its_address_finds_what_is_found_where_nothing_is(
    browser: Visitor, verb: str
) -> None:
    for service in ("refuge", "nothing"):
        assert browser.get(f"/account/services/{service}/{verb}").status_code == 404


def test_a_service_is_hidden_and_shown_again(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    assert "no longer sees that you use" in read(browser, "/account/services/choir/hide")
    response = browser.client.post("/account/services/choir/hide")
    assert response["Location"] == "/account/services"
    assert "Choir" not in read(browser, "/account/services")
    assert is_sensitive(choir, amara)
    assert "Evening Choir" in read(browser, "/account/private-services")
    browser.client.post("/account/private-services/choir/show")
    assert "Evening Choir" in read(browser, "/account/services")
    assert not is_sensitive(choir, amara)
    events = AuditEvent.objects.filter(event__startswith="account:service:")
    assert list(events.order_by("pk").values_list("event", "application_id")) == [
        ("account:service:hidden", choir.client_id),
        ("account:service:shown", choir.client_id),
    ]


def test_one_that_was_stopped_is_hidden_and_shown_again_likewise(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    browser.client.post("/account/services/choir/stop")
    assert "Evening Choir" in read(browser, "/account/services")
    assert "/account/services/choir/hide" in read(browser, "/account/services/choir")
    page = read(browser, "/account/services/choir/hide")
    assert "no longer sees that you used" in page
    assert "You go on sharing" not in page
    browser.client.post("/account/services/choir/hide")
    assert is_sensitive(choir, amara)
    assert "Choir" not in read(browser, "/account/services")
    assert browser.get("/account/services/choir").status_code == 404
    assert "Show Evening Choir" in read(browser, "/account/private-services/choir")
    browser.client.post("/account/private-services/choir/show")
    assert "Evening Choir" in read(browser, "/account/services")


def test_nobody_hides_a_service_that_they_never_shared_with(
    browser: Visitor, amara: Account
) -> None:
    factories.application(name="Rowing Club", slug="rowing")
    for path in ("/account/services/rowing/hide", "/account/private-services/rowing/show"):
        assert browser.client.post(path).status_code == 404
    assert not HiddenService.objects.filter(account=amara).exists()


@pytest.mark.usefixtures("choir")
def test_looking_changes_nothing(browser: Visitor) -> None:
    read(browser, "/account/services/choir/hide")
    assert browser.get("/account/private-services/choir/show").status_code == 405
    assert not HiddenService.objects.exists()


def test_it_takes_a_fresh_sign_in_to_show_one_again(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    HiddenService.objects.create(account=amara, application=choir)
    with time_machine.travel(timezone.now() + LATER, tick=False):
        browser.client.post("/account/private-services/choir/show")
    assert HiddenService.objects.exists()


def test_hiding_is_each_residents_own(amara: Account, choir: Application) -> None:
    HiddenService.objects.create(account=factories.account(), application=choir)
    assert not is_sensitive(choir, amara)


def test_what_one_of_two_joined_accounts_hid_stays_hidden(
    amara: Account, choir: Application
) -> None:
    other = factories.account()
    hiding.hide(account=other, application=choir, by=resident(other))
    account_joined.send(Account, closed=other, kept=amara)
    assert not queries.agreements(amara).exists()
    assert queries.agreements(amara, private=True).get().application == choir


def test_sharing_with_a_private_one_is_stopped_without_a_word_on_the_open_page(
    browser: Visitor, refuge: Application
) -> None:
    assert 'data-module="govuk-exit-this-page"' in read(
        browser, "/account/private-services/refuge/stop"
    )
    response = browser.client.post("/account/private-services/refuge/stop")
    assert response["Location"] == "/account/private-services/refuge/stopped"
    assert "You stopped signing in to Women&#x27;s Refuge" in read(browser, response["Location"])
    assert Consent.objects.get(application=refuge).withdrawn_at is not None
    assert "Refuge" not in read(browser, "/account/services")


def test_the_open_page_is_the_same_whether_there_are_private_ones_or_not(
    browser: Visitor, amara: Account
) -> None:
    before = read(browser, "/account/services")
    factories.consent(amara, factories.application(is_sensitive=True))
    assert _main(read(browser, "/account/services")) == _main(before)


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]
