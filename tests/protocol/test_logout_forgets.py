"""A service's sign-out leaves no more in the browser than our own page does."""

import pytest
from django.conf import settings

from accounts.limits import operations as limits
from accounts.limits.table import KNOWN_BROWSER
from accounts.models import Account
from accounts.security.browser import BrowserId
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident
from tests.protocol.service import Service


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def service(resident: Resident, partner: Partner, account: Account) -> Service:
    resident.sign_in(account)
    return Service(resident, partner).sign_in()


def test_the_browser_is_forgotten(service: Service, account: Account) -> None:
    browser = BrowserId(service.resident.client.cookies[settings.BROWSER_COOKIE_NAME].value)
    limits.remember(KNOWN_BROWSER, account.sign_in_key, browser.hash)
    service.sign_out()
    assert not limits.is_known(KNOWN_BROWSER, account.sign_in_key, browser.hash)


def test_the_next_person_gets_another_form_secret(service: Service) -> None:
    cookies = service.resident.client.cookies
    service.resident.get("/sign-out")
    before = cookies[settings.CSRF_COOKIE_NAME].value
    service.sign_out()
    assert cookies[settings.CSRF_COOKIE_NAME].value != before
