"""A resident who has just shared an email address with The Hub."""

import pytest

from accounts.models import Account
from clients.models import Application
from tests import factories
from tests.idp.receipts.reading import tell
from tests.protocol.resident import Resident, sent


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD, full_name="Amara")


@pytest.fixture
def hub() -> Application:
    factories.signing_keys()
    of = factories.organisation(name="Riverside Trust")
    hub = factories.application(slug="hub", name="The Hub", of=of, scopes=("openid", "email"))
    tell(hub, retention="A year", privacy_notice="https://hub.example.org/n", notice_version="7")
    return hub


@pytest.fixture
def browser(amara: Account, hub: Application) -> Resident:
    """Return Amara's browser, who has just shared her address with The Hub."""
    browser = Resident()
    browser.sign_in(amara)
    assert "code" in sent(browser.press(browser.ask(hub, scope="openid email"), "share"))
    return browser
