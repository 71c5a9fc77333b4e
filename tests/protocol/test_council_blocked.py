"""The council blocked as a whole, and with it those of its services that tell instead of asking."""

import pytest

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.audit.actor import resident as by_resident
from accounts.models import Account, OutboundMessage
from accounts.sessions.operations import end_everything
from accounts.suspension import operations as suspension
from clients.models import Application, Organisation
from idp.blocking import operations as blocking
from idp.models import Consent, Delivery, SecurityEvent
from idp.ssf.event_types import EventType
from tests import factories
from tests.protocol import introspecting
from tests.protocol.devices import Device, maker, type_code
from tests.protocol.partner import Partner, body, refused
from tests.protocol.pushing import open_, pushed
from tests.protocol.resident import Resident, heading, sent

BLOCKED = "You blocked all services of Riverside Trust"
SHARING = "Share your details with Council Tax"


def own(partner: Partner) -> Partner:
    """Make the application the council's own, which tells instead of asking."""
    Organisation.objects.update(is_council=True)
    Application.objects.update(skips_sharing=True)
    partner.application.refresh_from_db()
    return partner


@pytest.fixture
def partner() -> Partner:
    return own(Partner.confidential())


@pytest.fixture
def later(partner: Partner) -> Application:
    """Return another such service, which the account's owner never came to."""
    of = partner.application.organisation
    return own(Partner.confidential(name="Library", of=of)).application


def block(account: Account) -> None:
    council = Organisation.objects.get(is_council=True)
    blocking.block_organisation(account=account, organisation=council, by=by_resident(account))


def test_nothing_of_theirs_works_there_any_more(partner: Partner, account: Account) -> None:
    tokens = body(partner.exchange(factories.grant(partner.application, account=account)))
    block(account)
    assert partner.userinfo(tokens["access_token"]).status_code == 401
    assert refused(partner.refresh(tokens["refresh_token"]), "invalid_grant")
    assert introspecting.ask(partner, tokens["access_token"]) == introspecting.ENDED
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_they_are_told_nothing_and_nothing_is_shared_though_none_would_ask(
    signed_in: Resident, partner: Partner, account: Account, later: Application
) -> None:
    block(account)
    for application in (partner.application, later):
        silent = sent(signed_in.ask(application, prompt="none"))
        assert silent["error"] == "consent_required"
        page = signed_in.ask(application)
        assert heading(page) == BLOCKED
        assert sent(signed_in.press(page, "leave"))["error"] == "access_denied"
    assert not Consent.objects.exists()
    assert not OutboundMessage.objects.exists()


def test_once_unblocked_each_asks_though_it_had_never_been_used(
    signed_in: Resident, partner: Partner, account: Account, later: Application
) -> None:
    block(account)
    page = signed_in.press(signed_in.ask(partner.application), "unblock")
    assert heading(page) == SHARING
    assert heading(signed_in.ask(later)) == "Share your details with Library"
    silent = sent(signed_in.ask(later, prompt="none"))
    assert silent["error"] == "consent_required"
    assert not Consent.objects.exists()
    assert not OutboundMessage.objects.exists()
    assert "code" in sent(signed_in.press(page, "share"))


def test_others_are_told_as_before(partner: Partner, account: Account) -> None:
    block(account)
    browser = Resident()
    browser.sign_in(factories.account("ben@example.org"))
    assert "code" in sent(browser.ask(partner.application))


class TestUnderWay:
    """What had begun when the block was made ends at it, though nobody would have been asked."""

    def test_a_request_that_was_pushed(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        uri = pushed(partner)
        block(account)
        assert heading(open_(signed_in, partner, uri)) == BLOCKED

    def test_a_sign_in(self, resident: Resident, partner: Partner, account: Account) -> None:
        page = resident.ask(partner.application)
        block(account)
        assert heading(resident.password(page, account)) == BLOCKED

    def test_a_device(self, signed_in: Resident, partner: Partner, account: Account) -> None:
        device = Device.asks(own(maker(of=partner.application.organisation)))
        page = type_code(signed_in, device.user_code)
        block(account)
        page = signed_in.press(page, "allow")
        assert heading(page) == BLOCKED
        signed_in.press(page, "leave")
        assert refused(device.poll(), "access_denied")

    def test_none_of_it_told_anybody(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        uri = pushed(partner)
        block(account)
        open_(signed_in, partner, uri)
        assert not Consent.objects.exists()
        assert not OutboundMessage.objects.exists()


def test_each_service_hears_of_the_end_and_of_nothing_after_it(
    partner: Partner, account: Account
) -> None:
    application = partner.application
    application.backchannel_logout_uri = "https://service.example.org/sign-out"
    application.save()
    factories.known_account(account, application)
    factories.event_stream(application)
    factories.participant(factories.session(account), application)
    block(account)
    assert {event.event_type for event in SecurityEvent.objects.all()} == {
        EventType.CONSENT_WITHDRAWN.uri,
        EventType.SESSION_REVOKED.uri,
    }
    assert Delivery.objects.count() == 1
    SecurityEvent.objects.all().delete()
    end_everything(account=account, by=SYSTEM)
    suspension.suspend(account=account, by=OPERATOR)
    assert not SecurityEvent.objects.exists()
    assert Delivery.objects.count() == 1
