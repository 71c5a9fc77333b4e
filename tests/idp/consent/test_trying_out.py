"""A service that is only for trying out does not pass for one that residents can rely on."""

import pytest

from accounts.models import Account
from tests import factories
from tests.protocol.resident import Resident, main_text

pytestmark = pytest.mark.django_db
WARNING = "This is only for trying out, not a service for residents."


@pytest.fixture
def resident() -> Resident:
    account: Account = factories.account("ann@example.org", password=factories.PASSWORD)
    browser = Resident()
    browser.sign_in(account)
    return browser


def test_a_sandbox_application_is_called_what_it_is_before_anything_is_shared(
    resident: Resident,
) -> None:
    # Programs register such by themselves, in their organisation's name.
    page = resident.ask(factories.application(name="Council Tax", environment="sandbox"))
    assert WARNING in main_text(page)


def test_a_live_service_is_not(resident: Resident) -> None:
    assert WARNING not in main_text(resident.ask(factories.application(environment="live")))
