"""Blocking a service or an organisation on the pages of one's account."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account
from clients.models import Application, Organisation
from idp.consent.queries import is_blocked
from idp.models import Block, Consent, HiddenService
from tests import factories
from tests.accounts.visitor import Visitor
from tests.protocol.resident import main_text

pytestmark = pytest.mark.django_db

LIST, PRIVATE = "/account/blocked-services", "/account/private-services"
CHOIR, REFUGE = "/account/services/choir", f"{PRIVATE}/refuge"


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def choir(amara: Account) -> Application:
    of = factories.organisation(slug="trust", name="Music Trust")
    application = factories.application(slug="choir", name="Evening Choir", of=of)
    factories.consent(amara, application)
    return application


@pytest.fixture
def refuge(amara: Account) -> Application:
    of = factories.organisation(slug="harbour", name="Harbour")
    application = factories.application(slug="refuge", name="Refuge", of=of, is_sensitive=True)
    factories.consent(amara, application)
    return application


def read(browser: Visitor, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return main_text(response)


def post(browser: Visitor, path: str, decision: str = "") -> str:
    response = browser.client.post(path, {"decision": decision})
    assert response.status_code == 303
    return str(response["Location"])


@pytest.mark.usefixtures("choir")
def test_it_asks_first(browser: Visitor) -> None:
    page = read(browser, f"{CHOIR}/block")
    assert "We do not tell it that you blocked it." in page
    assert "all services of Music Trust, and those that it starts later" in page
    assert not Block.objects.exists()


def test_a_service_is_blocked_and_unblocked(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    assert post(browser, f"{CHOIR}/block", "service") == LIST
    assert "Evening Choir Blocked on" in read(browser, LIST)
    assert "You blocked it." in read(browser, CHOIR)
    assert Consent.objects.get().withdrawn_at is not None
    assert post(browser, f"{LIST}/choir/unblock") == LIST
    assert "Nothing in this list is blocked." in read(browser, LIST)
    assert not is_blocked(amara, choir)


def test_an_organisation_is_blocked_and_unblocked(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    assert post(browser, f"{CHOIR}/block", "organisation") == LIST
    assert "Music Trust Blocked on" in read(browser, LIST)
    assert is_blocked(amara, factories.application(of=choir.organisation))
    assert post(browser, "/account/blocked-organisations/trust/unblock") == LIST
    assert not is_blocked(amara, choir)


def test_the_council_is_blocked_as_a_whole_and_the_page_says_what_stays_and_what_one_may_miss(
    browser: Visitor, amara: Account, choir: Application
) -> None:
    assert "You may need them" not in read(browser, f"{CHOIR}/block")
    Organisation.objects.update(is_council=True)
    page = read(browser, f"{CHOIR}/block")
    for words in (
        "Warning You may need them, for example to pay",
        "This account stays, though Music Trust runs it",
        "To undo it, go to “What you blocked” and choose “Unblock Music Trust”.",
    ):
        assert words in page
    assert post(browser, f"{CHOIR}/block", "organisation") == LIST
    assert "Music Trust Blocked on" in read(browser, LIST)
    assert is_blocked(amara, factories.application(of=choir.organisation))
    assert "You blocked" in read(browser, CHOIR)
    assert post(browser, "/account/blocked-organisations/trust/unblock") == LIST
    assert not is_blocked(amara, choir)


@pytest.mark.usefixtures("choir")
@pytest.mark.parametrize("decision", ["", "everything", "\x00"])
def test_an_answer_that_is_none_changes_nothing(browser: Visitor, decision: str) -> None:
    assert post(browser, f"{CHOIR}/block", decision) == f"{CHOIR}/block"
    assert not Block.objects.exists()


def test_nobody_reaches_anothers_blocks(browser: Visitor, choir: Application) -> None:
    ben = factories.account()
    Block.objects.create(account=ben, application=choir)
    Block.objects.create(account=ben, organisation=choir.organisation)
    assert "Nothing in this list is blocked." in read(browser, LIST)
    for path in (f"{LIST}/choir/unblock", "/account/blocked-organisations/trust/unblock"):
        assert browser.client.post(path).status_code == 404
    assert Block.objects.count() == 2


@pytest.mark.usefixtures("choir")
@pytest.mark.parametrize(
    "path", [f"{LIST}/choir/unblock", "/account/blocked-organisations/trust/unblock"]
)
def test_looking_lifts_nothing(browser: Visitor, path: str) -> None:
    assert browser.get(path).status_code == 405


def test_a_service_that_one_never_shared_with_has_no_page(browser: Visitor) -> None:
    factories.application(slug="unknown")
    assert browser.get("/account/services/unknown/block").status_code == 404


class TestPrivate:
    """What is kept out of sight stays so when it is blocked."""

    @pytest.mark.usefixtures("refuge")
    def test_its_block_stands_with_the_private_services_alone(self, browser: Visitor) -> None:
        assert browser.get("/account/services/refuge/block").status_code == 404
        assert post(browser, f"{REFUGE}/block", "service") == PRIVATE
        assert "Refuge Blocked on" in read(browser, PRIVATE)
        assert "Refuge" not in read(browser, LIST)
        assert browser.client.post(f"{LIST}/refuge/unblock").status_code == 404
        assert post(browser, f"{REFUGE}/unblock") == PRIVATE
        assert not Block.objects.exists()

    @pytest.mark.usefixtures("refuge")
    def test_so_does_its_organisations_whose_name_may_tell(self, browser: Visitor) -> None:
        assert post(browser, f"{REFUGE}/block", "organisation") == PRIVATE
        assert "Harbour Blocked on" in read(browser, PRIVATE)
        assert "Harbour" not in read(browser, LIST)
        path = "/account/blocked-organisations/harbour/unblock"
        assert browser.client.post(path).status_code == 404
        assert post(browser, "/account/private-organisations/harbour/unblock") == PRIVATE
        assert not Block.objects.exists()

    def test_and_of_a_service_that_the_resident_hid(
        self, browser: Visitor, amara: Account, choir: Application
    ) -> None:
        post(browser, f"{CHOIR}/block", "organisation")
        HiddenService.objects.create(account=amara, application=choir)
        assert "Music Trust" not in read(browser, LIST)
        assert "Music Trust" in read(browser, PRIVATE)

    @pytest.mark.usefixtures("refuge")
    def test_the_open_list_is_the_same_whether_there_are_private_ones_or_not(
        self, browser: Visitor
    ) -> None:
        before = read(browser, LIST)
        post(browser, f"{REFUGE}/block", "service")
        post(browser, f"{REFUGE}/block", "organisation")
        assert read(browser, LIST) == before

    @pytest.mark.usefixtures("refuge")
    @pytest.mark.parametrize("rest", ["", "/block", "/stopped"])
    def test_each_page_needs_a_fresh_sign_in(self, browser: Visitor, rest: str) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            response = browser.get(f"{REFUGE}{rest}")
        assert response["Location"].startswith("/sign-in?")

    @pytest.mark.usefixtures("refuge")
    def test_a_stale_form_blocks_and_lifts_nothing(self, browser: Visitor) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            browser.client.post(f"{REFUGE}/block", {"decision": "service"})
        assert not Block.objects.exists()
        post(browser, f"{REFUGE}/block", "service")
        post(browser, f"{REFUGE}/block", "organisation")
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            browser.client.post(f"{REFUGE}/unblock")
            browser.client.post("/account/private-organisations/harbour/unblock")
        assert Block.objects.count() == 2

    @pytest.mark.usefixtures("refuge")
    def test_its_pages_have_a_way_out(self, browser: Visitor) -> None:
        for rest in ("", "/block", "/stop"):
            page = browser.get(f"{REFUGE}{rest}").content.decode()
            assert 'data-module="govuk-exit-this-page"' in page


@pytest.mark.parametrize("path", [LIST, PRIVATE])
def test_many_blocks_cost_no_more_statements_than_one(
    browser: Visitor, amara: Account, path: str
) -> None:
    counts = []
    for _ in range(2):
        application = factories.application(is_sensitive=path == PRIVATE)
        Block.objects.create(account=amara, application=application)
        Block.objects.create(account=amara, organisation=application.organisation)
        with CaptureQueriesContext(connection) as queries:
            read(browser, path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
