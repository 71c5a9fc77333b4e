"""The council's list of services that one can sign in to."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from clients.models import Application, Organisation
from idp.models import Block, HiddenService
from tests import factories
from tests.accounts.visitor import Visitor
from tests.protocol.resident import main_text

pytestmark = pytest.mark.django_db

PATH = "/account/other-services"


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


def bins(**columns: Any) -> Application:
    columns = {"name": "Bin Days", "initiate_login_uri": "https://bins.example.org/in", **columns}
    return factories.application(**columns)


def read(browser: Visitor, path: str = PATH) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return main_text(response)


def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Visitor().get(PATH)["Location"].startswith("/sign-in?")


def test_a_live_service_is_begun_by_its_own_address(browser: Visitor) -> None:
    bins()
    page = browser.get(PATH).content.decode()
    assert 'href="https://bins.example.org/in?iss=http%3A%2F%2Flocalhost%3A8000"' in page
    assert 'href="/account/other-services"' in browser.get("/account/services").content.decode()


def test_one_that_names_only_its_home_is_opened_there(browser: Visitor) -> None:
    bins(initiate_login_uri="", home_url="https://bins.example.org/")
    assert 'href="https://bins.example.org/"' in browser.get(PATH).content.decode()


@pytest.mark.parametrize(
    "columns",
    [
        {"environment": "sandbox"},
        {"status": "suspended"},
        {"status": "closed"},
        {"is_sensitive": True},
        {"initiate_login_uri": ""},
        {"redirect_uris": ""},
    ],
)
def test_what_nobody_can_or_should_begin_from_here_is_left_out(
    browser: Visitor, columns: dict[str, Any]
) -> None:
    bins(**columns)
    assert "There are no more services." in read(browser)


def test_so_is_a_suspended_organisations(browser: Visitor) -> None:
    bins()
    Organisation.objects.update(status="suspended")
    assert "Bin Days" not in read(browser)


def test_what_is_shared_with_or_blocked_stands_elsewhere(browser: Visitor, amara: Account) -> None:
    services = [bins(name=name) for name in ("Shared", "Blocked", "Theirs", "Left")]
    factories.consent(amara, services[0])
    Block.objects.create(account=amara, application=services[1])
    Block.objects.create(account=amara, organisation=services[2].organisation)
    Block.objects.create(account=factories.account(), application=services[3])
    page = read(browser)
    assert "Left" in page
    assert not {"Shared", "Blocked", "Theirs"} & set(page.split())


def test_what_the_resident_hides_stays_in_the_list_or_its_absence_would_tell(
    browser: Visitor, amara: Account
) -> None:
    application = bins()
    before = read(browser)
    HiddenService.objects.create(account=amara, application=application)
    factories.consent(amara, application)
    assert read(browser) == before
    Block.objects.create(account=amara, application=application)
    Block.objects.create(account=amara, organisation=application.organisation)
    assert read(browser) == before


def test_the_council_comes_first_and_the_others_by_name(browser: Visitor) -> None:
    for name, is_council in (("Zebra Council", True), ("Beta", False), ("Alpha", False)):
        of = factories.organisation(name=name, is_council=is_council)
        bins(name=f"Of {name}", of=of)
    page = read(browser)
    places = [page.index(f"Of {name}") for name in ("Zebra Council", "Alpha", "Beta")]
    assert places == sorted(places)


def test_it_comes_page_by_page_at_the_same_cost(browser: Visitor) -> None:
    bins(name="Service 00")
    counts, first = [], ""
    for more in (range(1, 2), range(2, 30)):
        for number in more:
            bins(name=f"Service {number:02}")
        with CaptureQueriesContext(connection) as queries:
            first = read(browser)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    second = read(browser, f"{PATH}?page=2")
    assert (first.count("Service "), second.count("Service ")) == (25, 5)
    for page in ("0", "x", "99", "\x00", ""):
        assert browser.client.get(PATH, {"page": page}).status_code == 200
