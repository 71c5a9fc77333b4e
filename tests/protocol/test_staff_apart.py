"""No application is ever answered for a staff account, whatever the browser or a row says."""

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Method
from clients.models import Application
from idp.models import Grant
from idp.oidc.standing import Fallen, of_agreement
from tests import factories
from tests.protocol.resident import Resident, heading

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["live", "sandbox"])
def application(request: pytest.FixtureRequest) -> Application:
    """Return an application for residents, and one for trying out."""
    return factories.application() if request.param == "live" else factories.sandbox()


def _at_work() -> Resident:
    browser = Resident()
    browser.sign_in(factories.staff_member("owner").account, Method.PASSKEY)
    return browser


def test_a_staff_session_signs_nobody_in_to_a_service(application: Application) -> None:
    browser = _at_work()
    assert heading(browser.ask(application)).startswith("Sign in to")
    assert not Grant.objects.exists()


def test_nor_does_its_cookie_under_another_name(application: Application) -> None:
    browser = _at_work()
    value = browser.client.cookies[settings.STAFF_COOKIE_NAME].value
    for name in (settings.SIGNED_IN_COOKIE_NAME, settings.MADE_UP_COOKIE_NAME):
        browser.client.cookies[name] = value
    assert heading(browser.ask(application)).startswith("Sign in to")
    assert not Grant.objects.exists()


def test_an_agreement_of_a_staff_account_would_hold_nowhere(application: Application) -> None:
    account = factories.staff_member().account
    consent = factories.consent(account, application)
    now = timezone.now()
    found = of_agreement(account=account, application=application, consent=consent, now=now)
    assert found is Fallen.STAFF
