"""The pages of a sign-in to a service that nobody shall be seen to use."""

import pytest

from accounts.models import Account, PendingSignIn
from clients.models import Application
from idp.models import HiddenService
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, path
from tests.protocol.service import Service


@pytest.fixture
def refuge() -> Application:
    return factories.application(name="Refuge", is_sensitive=True)


def has_way_out(page: Response) -> bool:
    assert page.status_code in {200, 400}
    return 'data-module="govuk-exit-this-page"' in page.content.decode()


def test_every_step_has_a_way_out(
    resident: Resident, refuge: Application, account: Account
) -> None:
    page = resident.ask(refuge)
    assert path(page) == "/sign-in"
    assert has_way_out(page)
    page = resident.password(page, account)
    assert path(page) == "/consent"
    assert has_way_out(page)
    assert has_way_out(resident.press(page, "refuse"))
    assert has_way_out(resident.ask(refuge, prompt="select_account"))
    assert has_way_out(resident.ask(refuge, prompt="create"))


def test_so_has_the_page_of_whoever_cannot_sign_in_strongly(
    resident: Resident, refuge: Application
) -> None:
    resident.ask(refuge, acr_values="phr")
    give_up = PendingSignIn.objects.get().give_up_to
    assert has_way_out(resident.get(give_up))


def test_so_have_the_pages_of_signing_out(resident: Resident, account: Account) -> None:
    partner = Partner.confidential(is_sensitive=True)
    resident.sign_in(account)
    service = Service(resident, partner).sign_in()
    page = resident.get(f"/logout?client_id={partner.application.client_id}")
    assert path(page) == "/logout"
    assert has_way_out(page)
    assert has_way_out(resident.press(page, "service"))
    assert service.id_token


def test_a_service_that_its_user_hid_has_it_once_they_are_known(
    resident: Resident, partner: Partner, account: Account
) -> None:
    HiddenService.objects.create(account=account, application=partner.application)
    assert not has_way_out(resident.ask(partner.application))
    resident.sign_in(account)
    assert has_way_out(resident.ask(partner.application))
    assert has_way_out(resident.ask(partner.application, prompt="login"))


def test_other_services_have_none(resident: Resident, partner: Partner, account: Account) -> None:
    assert not has_way_out(resident.ask(partner.application))
    resident.sign_in(account)
    assert not has_way_out(resident.ask(partner.application))
