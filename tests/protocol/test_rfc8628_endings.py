"""What a device was let in on ends as everything else does, before its next poll and after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Account, Session
from accounts.sessions import operations as sessions
from accounts.suspension import operations as suspension
from clients.applications import operations as applications
from clients.organisations import operations as organisations
from idp.consent import operations as consents
from idp.consent.rules import Shown
from idp.models import AuthorizationRequest, Consent, DeviceGrant
from tests import factories
from tests.protocol.devices import Device
from tests.protocol.partner import refused


def sign_out(_device: Device) -> None:
    session = Session.objects.get()
    sessions.end(session=session, reason=Session.EndReason.SIGNED_OUT, by=OPERATOR)


def withdraw(device: Device) -> None:
    application = device.partner.application
    consents.withdraw(account=Account.objects.get(), application=application, by=OPERATOR)


def suspend_account(_device: Device) -> None:
    suspension.suspend(account=Account.objects.get(), by=OPERATOR)


def suspend_application(device: Device) -> None:
    applications.suspend(application=device.partner.application, by=OPERATOR)


def suspend_organisation(device: Device) -> None:
    organisations.suspend(organisation=device.partner.application.organisation, by=OPERATOR)


def ask_for_more(device: Device) -> None:
    application = device.partner.application
    application.minimum_level = 2
    application.save(update_fields=["minimum_level"])


def let_agreement_run_out(_device: Device) -> None:
    Consent.objects.update(expires_at=timezone.now())


ENDINGS: dict[Callable[[Device], None], str] = {
    sign_out: "expired_token",
    withdraw: "expired_token",
    suspend_account: "expired_token",
    ask_for_more: "invalid_grant",
    let_agreement_run_out: "invalid_grant",
}


@pytest.mark.parametrize("end", ENDINGS)
def test_what_ends_between_answer_and_poll_gives_no_tokens(end: Callable[[Device], None]) -> None:
    device = Device.asks()
    device.is_let_in()
    end(device)
    assert refused(device.poll(), ENDINGS[end])
    assert device.row.used_at is None


@pytest.mark.parametrize("end", [suspend_application, suspend_organisation])
@pytest.mark.parametrize("answered", [True, False])
def test_a_suspension_is_not_outlived(end: Callable[[Device], None], *, answered: bool) -> None:
    device = Device.asks()
    if answered:
        device.is_let_in()
    end(device)
    assert refused(device.poll(), "invalid_client", 401)
    type(device.partner.application).objects.update(status="active")
    type(device.partner.application.organisation).objects.update(status="active")
    assert refused(device.poll(), "expired_token")


@pytest.mark.parametrize("end", [sign_out, withdraw, suspend_account])
def test_what_ends_later_ends_its_access_token(end: Callable[[Device], None]) -> None:
    device = Device.asks()
    device.is_let_in()
    tokens = device.tokens()
    assert device.partner.userinfo(tokens["access_token"]).status_code == 200
    end(device)
    assert device.partner.userinfo(tokens["access_token"]).status_code == 401
    refreshed = device.partner.refresh(tokens["refresh_token"])
    assert (refreshed.status_code == 200) == (end is sign_out)


def test_what_another_session_ends_changes_nothing() -> None:
    device = Device.asks()
    session = device.is_let_in()
    other = factories.session(session.account)
    sessions.end(session=other, reason=Session.EndReason.SIGNED_OUT, by=OPERATOR)
    assert device.poll().status_code == 200


def test_a_new_agreement_takes_the_device_along() -> None:
    device = Device.asks()
    session = device.is_let_in()
    application = device.partner.application
    consents.grant(
        request=factories.authorization_request(application),
        session=session,
        scopes=["openid", "profile", "offline_access", "email"],
        claims=["email"],
        shown=Shown(application.name, application.organisation.name),
        by=OPERATOR,
    )
    assert device.poll().status_code == 200


def test_codes_are_forgotten_a_day_after_their_time() -> None:
    old, new = Device.asks(), Device.asks()
    now = timezone.now()
    request = factories.authorization_request(
        old.partner.application, device_grant=old.row, expires_at=now
    )
    DeviceGrant.objects.filter(pk=old.row.pk).update(expires=now - timedelta(days=1))
    DeviceGrant.objects.filter(pk=new.row.pk).update(expires=now - timedelta(hours=23))
    kept = new.row
    call_command("purge_expired", verbosity=0)
    assert list(DeviceGrant.objects.all()) == [kept]
    assert not AuthorizationRequest.objects.filter(pk=request.pk).exists()
    assert refused(old.poll(), "invalid_grant")
    assert refused(new.poll(), "expired_token")
