"""OpenID Connect RP-Initiated Logout 1.0 §3: without a hint nobody is sent anywhere.

A link leads to what the service registered.
"""

import pytest

from clients.models import Application
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, heading
from tests.protocol.service import Service

HOME, START = "https://service.example.org/", "https://service.example.org/start"


@pytest.fixture
def service(resident: Resident, partner: Partner) -> Service:
    resident.sign_in(factories.account("ann@example.org"))
    return Service(resident, partner).sign_in()


def _page(service: Service, button: str, **columns: str) -> str:
    """Sign out by client_id alone, of a service that registered these, and return the page."""
    application = service.partner.application
    Application.objects.filter(pk=application.pk).update(**columns)
    asked = service.sign_out(
        id_token_hint=None, post_logout_redirect_uri=None, client_id=application.client_id
    )
    return str(service.resident.press(asked, button).content.decode())


@pytest.mark.parametrize("button", ["service", "everything"])
def test_it_leads_to_the_services_home_page(service: Service, button: str) -> None:
    shown = _page(service, button, home_url=HOME, initiate_login_uri=START)
    assert f'href="{HOME}">Go to Council Tax' in shown
    assert START not in shown


@pytest.mark.parametrize("button", ["service", "everything"])
def test_it_leads_to_where_a_sign_in_begins_where_there_is_no_home_page(
    service: Service, button: str
) -> None:
    shown = _page(service, button, home_url="", initiate_login_uri=START)
    assert f'href="{START}?iss=' in shown
    assert "Go to Council Tax" in shown


@pytest.mark.parametrize("button", ["service", "everything"])
def test_a_service_that_registered_neither_has_none(service: Service, button: str) -> None:
    assert "Go to Council Tax" not in _page(service, button, home_url="", initiate_login_uri="")


def test_what_a_request_names_is_never_linked(service: Service) -> None:
    client_id = service.partner.application.client_id
    evil = "https://evil.example/"
    asked = service.sign_out(
        id_token_hint=None, client_id=client_id, post_logout_redirect_uri=evil, state=evil
    )
    shown = service.resident.press(asked, "everything").content.decode()
    again = service.resident.get(
        f"/logout?client_id={client_id}&post_logout_redirect_uri={evil}&target_link_uri={evil}"
    )
    assert "evil.example" not in shown + again.content.decode()


def test_who_is_signed_out_already_finds_the_way_back_too(service: Service) -> None:
    Application.objects.update(home_url=HOME)
    client_id = service.partner.application.client_id
    page = Resident().get(f"/logout?client_id={client_id}")
    assert heading(page) == "You are signed out"
    assert f'href="{HOME}"' in page.content.decode()


@pytest.mark.parametrize("status", ["suspended", "closed", "retired"])
def test_a_service_that_may_do_nothing_has_none(service: Service, status: str) -> None:
    Application.objects.update(home_url=HOME, status=status)
    client_id = service.partner.application.client_id
    page = Resident().get(f"/logout?client_id={client_id}")
    assert HOME not in page.content.decode()
