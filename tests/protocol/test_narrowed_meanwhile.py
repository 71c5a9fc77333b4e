"""An application that may have less since a resident was sent here gets no more than that."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from accounts.audit.actor import OPERATOR
from clients.applications.changing import operations as changing
from clients.applications.columns import described
from clients.applications.registration import Changes
from clients.models import Application
from idp.models import Consent, Grant
from tests import factories
from tests.factories import REDIRECT_URI
from tests.protocol.resident import Resident, heading, sent

pytestmark = pytest.mark.django_db
OTHER = "https://other.example.org/callback"


@pytest.fixture
def application() -> Application:
    return factories.application(redirect_uris=f"{REDIRECT_URI} {OTHER}")


@pytest.fixture
def resident() -> Resident:
    browser = Resident()
    browser.sign_in(factories.account("ann@example.org", password=factories.PASSWORD))
    return browser


def _answers_at(*uris: str) -> Callable[[Application], None]:
    def change(application: Application) -> None:
        changing.change(application=application, changes=Changes(redirect_uris=uris), by=OPERATOR)

    return change


def _without_email(application: Application) -> None:
    now = described(application)
    left = tuple(one for one in now.scopes if one.scope != "email")
    assert left != now.scopes
    changing.become(application=application, registration=replace(now, scopes=left), by=OPERATOR)


@pytest.mark.parametrize("change", [_answers_at(OTHER), _without_email], ids=["address", "scope"])
def test_a_request_of_before_gets_neither_agreement_nor_code(
    resident: Resident, application: Application, change: Callable[[Application], None]
) -> None:
    page = resident.ask(application, scope="openid email")
    change(application)
    answer = resident.press(page, "share")
    assert (answer.status_code, heading(answer)) == (400, "Your sign-in has timed out")
    assert not Consent.objects.exists()
    assert not Grant.objects.exists()


def test_a_request_for_an_address_that_stays_goes_on(
    resident: Resident, application: Application
) -> None:
    page = resident.ask(application, scope="openid email")
    _answers_at(REDIRECT_URI)(application)
    assert "code" in sent(resident.press(page, "share"))
