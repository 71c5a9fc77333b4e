"""A shared device, such as a library's computer: each service asks as whom one goes on."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Account, Session
from idp.models import AuthorizationRequest
from tests import factories
from tests.factories import people
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, heading, main_text, path, sent
from tests.protocol.test_oidc_core_acr import APP, MFA


@pytest.fixture
def shared(resident: Resident, account: Account) -> Session:
    """Return a session on a shared device that began before anything was asked."""
    return resident.sign_in(account, is_shared_device=True)


def answered(resident: Resident, partner: Partner) -> None:
    page = resident.press(resident.ask(partner.application), "continue")
    assert "code" in sent(resident.press(page, "share"))


@pytest.mark.usefixtures("shared")
def test_each_service_asks_each_time(resident: Resident, partner: Partner) -> None:
    answered(resident, partner)
    for application in (partner.application, factories.application()):
        page = resident.ask(application)
        assert heading(page) == "Continue to Council Tax"
        assert "ann@example.org" in main_text(page)


@pytest.mark.usefixtures("shared")
def test_a_service_cannot_learn_silently_who_was_here(resident: Resident, partner: Partner) -> None:
    answered(resident, partner)
    answer = sent(resident.ask(partner.application, prompt="none"))
    assert answer["error"] == "account_selection_required"


@pytest.mark.usefixtures("shared")
def test_the_next_person_signs_in_as_themselves(
    resident: Resident, partner: Partner, shared: Session
) -> None:
    sam = factories.account("sam@example.org", password=factories.PASSWORD)
    page = resident.press(resident.ask(partner.application), "not-you")
    assert "ann@example.org" not in page.content.decode()
    page = resident.password(page, sam)
    assert "sam@example.org" in main_text(page)
    shared.refresh_from_db()
    assert shared.ended_at is not None


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("wish", [{"prompt": "login"}, {"max_age": "0"}])
def test_a_page_to_sign_in_again_does_not_show_who_was_here(
    resident: Resident, partner: Partner, wish: dict[str, str]
) -> None:
    page = resident.ask(partner.application, **wish)
    assert path(page) == "/sign-in"
    assert "ann@example.org" not in page.content.decode()


def test_on_a_device_of_ones_own_the_name_is_filled_in(
    resident: Resident, partner: Partner, account: Account
) -> None:
    resident.sign_in(account)
    assert b"ann@example.org" in resident.ask(partner.application, prompt="login").content


def test_whoever_signs_in_for_a_service_is_not_asked_once_more(
    resident: Resident, partner: Partner, account: Account
) -> None:
    resident.ask(partner.application)
    row = AuthorizationRequest.objects.get()
    resident.sign_in(account, is_shared_device=True)
    assert path(resident.get(f"/authorize/continue?request={row.pk}")) == "/consent"


def test_who_goes_on_is_asked_before_the_proof_that_is_missing_and_only_once(
    resident: Resident, partner: Partner, account: Account, shared: Session
) -> None:
    page = resident.ask(partner.application, acr_values=MFA)
    assert heading(page) == "Continue to Council Tax"
    row = AuthorizationRequest.objects.get()
    resident.press(page, "continue")
    weak = resident.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value
    assert weak
    latest = Session.objects.filter(account=account, ended_at=None).get()
    resident.sign_in(
        account, *APP, replaces=latest, auth_time=shared.auth_time, is_shared_device=True
    )
    assert path(resident.get(f"/authorize/continue?request={row.pk}")) == "/consent"


def test_tokens_last_no_longer_than_the_short_session(partner: Partner, account: Account) -> None:
    now = timezone.now()
    session = factories.session(account, is_shared_device=True)
    issued = factories.grant(partner.application, session=session)
    token = partner.tokens(session=session)["access_token"]
    idle = now - settings.SHARED_DEVICE_IDLE - timedelta(seconds=1)
    Session.objects.filter(pk=session.pk).update(last_seen_at=idle)
    assert partner.userinfo(token).status_code == 401
    assert partner.exchange(issued).status_code == 400
    assert people.proven(is_shared_device=True).lifetime == settings.SHARED_DEVICE_ABSOLUTE
