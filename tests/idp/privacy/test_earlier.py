"""Earlier accounts on the page of a service: shown to their owner, and separated."""

import pytest

from accounts.audit.actor import resident
from accounts.models import Account
from clients.models import Application
from idp.consent import operations as consents
from idp.hiding import operations as hiding
from idp.models import OldUserId
from tests import factories
from tests.accounts.visitor import Visitor
from tests.protocol.resident import main_text

pytestmark = pytest.mark.django_db
CHOIR = "/account/services/choir"
PRIVATE = "/account/private-services/choir"


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
    application = factories.application(slug="choir", name="Evening Choir")
    factories.consent(amara, application)
    return application


@pytest.fixture
def row(amara: Account, choir: Application) -> OldUserId:
    return factories.claimed(choir, amara, "amara <b>&</b> 77")


def _separate(row: OldUserId, page: str = CHOIR) -> str:
    return f"{page}/earlier-accounts/{row.pk}/separate"


def _is_free(row: OldUserId) -> bool:
    row.refresh_from_db()
    return row.account is None


@pytest.mark.usefixtures("choir")
def test_without_one_nothing_is_said_of_it(browser: Visitor) -> None:
    assert "earlier account" not in main_text(browser.get(CHOIR))


@pytest.mark.parametrize("stopped", [False, True])
def test_it_is_shown_with_the_way_to_separate_it(
    browser: Visitor, amara: Account, choir: Application, row: OldUserId, *, stopped: bool
) -> None:
    """Also of a service that is stopped: it stays linked for when it is used again."""
    if stopped:
        consents.withdraw(account=amara, application=choir, by=resident(amara))
    page = browser.get(CHOIR)
    assert "Your earlier account with Evening Choir" in main_text(page)
    assert "amara <b>&</b> 77" in main_text(page)
    assert f'href="{_separate(row)}"' in page.content.decode()


def test_separating_asks_first(browser: Visitor, row: OldUserId) -> None:
    page = browser.get(_separate(row))
    assert "What Evening Choir holds already stays with it." in main_text(page)
    assert not _is_free(row)
    answer = browser.client.post(_separate(row))
    assert (answer.status_code, answer["Location"]) == (303, CHOIR)
    assert _is_free(row)
    assert "earlier account" not in main_text(browser.get(CHOIR))
    assert browser.client.post(_separate(row)).status_code == 404


def test_nobody_separates_what_is_anothers(browser: Visitor, choir: Application) -> None:
    of_ben = factories.claimed(choir, factories.account(), "ben")
    assert browser.get(_separate(of_ben)).status_code == 404
    assert browser.client.post(_separate(of_ben)).status_code == 404
    other = factories.claimed(factories.application(slug="other"), of_ben.account)  # type: ignore[arg-type]
    assert browser.client.post(_separate(other)).status_code == 404
    assert browser.get(f"{CHOIR}/earlier-accounts/{10**30}/separate").status_code == 404
    assert not _is_free(of_ben)


def test_of_a_hidden_service_it_is_private_too(
    browser: Visitor, amara: Account, choir: Application, row: OldUserId
) -> None:
    hiding.hide(account=amara, application=choir, by=resident(amara))
    assert browser.get(_separate(row)).status_code == 404
    assert browser.client.post(_separate(row)).status_code == 404
    assert "amara" in main_text(browser.get(PRIVATE))
    answer = browser.client.post(_separate(row, PRIVATE))
    assert answer["Location"] == PRIVATE
    assert _is_free(row)


def test_whoever_is_not_signed_in_is_asked_to(row: OldUserId) -> None:
    answer = Visitor().client.post(_separate(row))
    assert answer.status_code in {302, 303}
    assert not _is_free(row)
