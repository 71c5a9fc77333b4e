"""A service that its resident blocked: nothing of theirs works there, and it is not told why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident as by_resident
from accounts.models import Account, AuditEvent
from clients.models import Resource
from idp.blocking import operations as blocking
from idp.consent import operations as consents
from idp.consent.queries import is_blocked
from idp.consent.rules import Shown
from idp.models import AccessToken, Block, Consent, DeviceGrant
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.protocol import introspecting
from tests.protocol.devices import Device, let_in, type_code
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, heading, main_text, path, request_id, sent
from tests.protocol.service import Service

End = Callable[[Account, Partner], None]


def block_service(account: Account, partner: Partner) -> None:
    blocking.block_application(
        account=account, application=partner.application, by=by_resident(account)
    )


def block_organisation(account: Account, partner: Partner) -> None:
    blocking.block_organisation(
        account=account, organisation=partner.application.organisation, by=by_resident(account)
    )


either = pytest.mark.parametrize("block", [block_service, block_organisation])


def stop(account: Account, partner: Partner) -> None:
    consents.withdraw(account=account, application=partner.application, by=by_resident(account))


every_ending = pytest.mark.parametrize("end", [stop, block_service, block_organisation])


class TestWhatEnds:
    """At once at our endpoints, whether it was stopped or blocked."""

    @every_ending
    def test_tokens_and_codes_work_no_more(
        self, signed_in: Resident, account: Account, partner: Partner, end: End
    ) -> None:
        service = Service(signed_in, partner).sign_in()
        unused = factories.grant(partner.application, account=account)
        end(account, partner)
        assert not service.knows_who()
        assert refused(partner.refresh(service.refresh_token), "invalid_grant")
        assert refused(partner.exchange(unused), "invalid_grant")
        assert not AccessToken.objects.filter(revoked_at=None).exists()

    @every_ending
    def test_an_api_is_told_that_the_token_ended(
        self, partner: Partner, server: Partner, api: Resource, end: End
    ) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        token = body(partner.exchange(issued))["access_token"]
        assert introspecting.ask(server, token)["active"]
        end(issued.account, partner)
        assert introspecting.ask(server, token) == introspecting.ENDED
        assert introspecting.ask(partner, token) == introspecting.ENDED

    @every_ending
    def test_a_device_that_was_let_in_gets_nothing(self, account: Account, end: End) -> None:
        device = Device.asks()
        device.is_let_in(account)
        end(account, device.partner)
        assert refused(device.poll(), "expired_token")

    @every_ending
    def test_a_device_loses_what_it_has(self, account: Account, end: End) -> None:
        device = Device.asks()
        device.is_let_in(account)
        tokens = device.tokens()
        end(account, device.partner)
        assert device.partner.userinfo(tokens["access_token"]).status_code == 401
        assert refused(device.partner.refresh(tokens["refresh_token"]), "invalid_grant")

    @every_ending
    def test_it_gets_nothing_without_a_page(
        self, signed_in: Resident, account: Account, partner: Partner, end: End
    ) -> None:
        service = Service(signed_in, partner).sign_in()
        end(account, partner)
        assert service.silent()["error"] in {"login_required", "consent_required"}


class TestWhatTheServiceLearns:
    """That it gets nothing; never that it was blocked."""

    @either
    def test_without_a_page_it_is_told_what_it_would_be_of_somebody_who_never_shared(
        self, account: Account, partner: Partner, block: End
    ) -> None:
        answers = []
        for somebody in (account, factories.account("ben@example.org")):
            browser = Resident()
            browser.sign_in(somebody)
            if somebody is account:
                block(account, partner)
            answers.append(sent(browser.ask(partner.application, prompt="none")))
        assert answers[0] == answers[1]
        assert answers[0]["error"] == "consent_required"

    @either
    def test_going_back_tells_it_what_not_sharing_does(
        self, signed_in: Resident, account: Account, partner: Partner, block: End
    ) -> None:
        refusal = signed_in.press(signed_in.ask(partner.application), "refuse")
        before = sent(signed_in.press(refusal, "leave"))
        block(account, partner)
        after = sent(signed_in.press(signed_in.ask(partner.application), "leave"))
        assert after == before
        assert after["error"] == "access_denied"
        assert AuditEvent.objects.filter(event="account:consent:refused").count() == 2

    def test_its_record_of_requests_does_not_name_the_block(
        self,
        signed_in: Resident,
        account: Account,
        partner: Partner,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        entries: list[Entry] = []
        monkeypatch.setattr(noting.writer, "put", entries.append)
        block_service(account, partner)
        signed_in.ask(partner.application, prompt="none")
        signed_in.press(signed_in.ask(partner.application), "leave")
        reasons = [entry.reason for entry in entries]
        assert reasons == ["no_consent", "", "resident_did_not_share"]

    def test_what_others_ask_for_first_is_asked_for_first(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        silent = sent(signed_in.ask(partner.application, prompt="none", acr_values="phr"))
        assert silent["error"] == "login_required"
        assert path(signed_in.ask(partner.application, prompt="select_account")) == (
            "/authorize/account"
        )


class TestThePage:
    """`/blocked`."""

    def test_it_says_so_and_offers_to_unblock_and_then_asks_before_it_shares(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        page = signed_in.ask(partner.application)
        assert heading(page) == "You blocked Council Tax"
        assert "we do not tell it that you blocked it" in main_text(page)
        page = signed_in.press(page, "unblock")
        assert path(page) == "/consent"
        assert not is_blocked(account, partner.application)
        assert "code" in sent(signed_in.press(page, "share"))

    def test_of_an_organisation_it_says_that_all_its_services_are_unblocked(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_organisation(account, partner)
        page = signed_in.ask(partner.application)
        assert heading(page) == "You blocked all services of Riverside Trust"
        assert path(signed_in.press(page, "unblock")) == "/consent"
        assert not Block.objects.exists()

    def test_it_lifts_both_blocks_where_there_are_two(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        block_organisation(account, partner)
        assert path(signed_in.press(signed_in.ask(partner.application), "unblock")) == "/consent"

    def test_a_page_shown_before_a_wider_block_lifts_nothing(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        page = signed_in.ask(partner.application)
        block_organisation(account, partner)
        assert path(signed_in.press(page, "unblock")) == "/blocked"
        assert Block.objects.count() == 2

    def test_a_page_shown_to_one_account_lifts_no_block_of_another(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        page = signed_in.ask(partner.application)
        ben = factories.account("ben@example.org")
        block_service(ben, partner)
        signed_in.sign_in(ben)
        signed_in.press(page, "unblock")
        assert Block.objects.count() == 2

    @pytest.mark.parametrize("step", ["", "x", "\u0660", "v1:" + "0" * 64])
    def test_a_made_up_form_lifts_nothing(
        self, signed_in: Resident, account: Account, partner: Partner, step: str
    ) -> None:
        block_service(account, partner)
        page = signed_in.ask(partner.application)
        assert path(signed_in.press(page, "unblock", step=step)) == "/blocked"
        assert path(signed_in.press(page, "leave", step=step)) == "/blocked"
        assert is_blocked(account, partner.application)

    def test_an_answer_that_is_none_asks_again(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        block_service(account, partner)
        page = signed_in.ask(partner.application)
        assert path(signed_in.press(page, "leave", decision="share")) == "/blocked"

    def test_whoever_blocked_nothing_has_no_such_page(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        asked = request_id(signed_in.ask(partner.application))
        assert path(signed_in.get(f"/blocked?request={asked}")) == "/consent"
        assert signed_in.get("/blocked?request=unknown").status_code == 400

    def test_a_device_is_turned_away(self, signed_in: Resident, account: Account) -> None:
        device = Device.asks()
        block_service(account, device.partner)
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        assert path(page) == "/blocked"
        assert path(signed_in.press(page, "leave")) == "/device/refused"
        assert refused(device.poll(), "access_denied")
        assert DeviceGrant.objects.get().user is None

    def test_a_device_is_let_in_once_it_is_unblocked(
        self, signed_in: Resident, account: Account
    ) -> None:
        device = Device.asks()
        block_service(account, device.partner)
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        signed_in.press(signed_in.press(page, "unblock"), "share")
        assert device.poll().status_code == 200

    def test_a_stale_page_of_sharing_shares_nothing(
        self, signed_in: Resident, account: Account, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application)
        block_service(account, partner)
        assert path(signed_in.press(page, "share")) == "/blocked"
        assert not Consent.objects.exists()

    def test_for_a_private_service_it_is_shown_to_whoever_has_just_signed_in(
        self, signed_in: Resident, account: Account
    ) -> None:
        refuge = Partner.confidential(name="Refuge", is_sensitive=True)
        block_service(account, refuge)
        page = signed_in.ask(refuge.application)
        assert heading(page) == "You blocked Refuge"
        assert 'data-module="govuk-exit-this-page"' in page.content.decode()
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            page = signed_in.get(page.wsgi_request.get_full_path())
            assert path(page) == "/sign-in"
            assert "Refuge" not in page.content.decode()


def test_no_agreement_comes_a_moment_after_the_block(account: Account, partner: Partner) -> None:
    block_organisation(account, partner)
    with pytest.raises(consents.BlockedError):
        consents.grant(
            request=factories.authorization_request(partner.application),
            session=factories.session(account),
            scopes=["openid"],
            claims=[],
            shown=Shown(),
            by=by_resident(account),
        )
    assert not Consent.objects.exists()


def test_an_organisations_new_service_finds_the_block(
    signed_in: Resident, account: Account, partner: Partner
) -> None:
    block_organisation(account, partner)
    later = factories.application(name="New", of=partner.application.organisation)
    assert heading(signed_in.ask(later)) == "You blocked all services of Riverside Trust"


def test_others_let_devices_in_as_before(signed_in: Resident, partner: Partner) -> None:
    block_service(factories.account("ben@example.org"), partner)
    device = Device.asks()
    let_in(signed_in, device)
    assert device.poll().status_code == 200
