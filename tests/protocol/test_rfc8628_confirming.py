"""RFC 8628 §3.3, §5.4: the resident says whether the device is theirs, and what it gets."""

import re
from datetime import timedelta

import pytest

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Application
from idp.models import AuthorizationRequest, DeviceGrant, Participant
from idp.oidc import device_codes
from tests import factories
from tests.factories import PASSWORD, people
from tests.protocol.devices import (
    LET_IN,
    QUESTION,
    Device,
    let_in,
    maker,
    nothing_happened,
    type_code,
)
from tests.protocol.partner import refused
from tests.protocol.resident import Resident, Response, heading, main_text, path


@pytest.fixture
def device() -> Device:
    return Device.asks()


@pytest.fixture
def asked(signed_in: Resident, device: Device) -> Response:
    """Return the page that asks whether the device is there."""
    page = type_code(signed_in, device.user_code)
    assert heading(page) == QUESTION
    return page


class TestSection54Confirming:
    """§5.4 remote phishing: who asks, what for, since when, and a plain warning."""

    def test_the_page_says_who_asks_and_shows_the_code_again(
        self, asked: Response, device: Device
    ) -> None:
        text = main_text(asked)
        for told in (
            device.user_code,
            "Council Tax",
            "Riverside Trust",
            "A service for residents",
            "less than a minute ago",
            "ann@example.org",
            "Say yes only if the device is with you, and its screen shows this code now.",
            "If somebody sent you the code or read it out to you, say no",
        ):
            assert told in text
        assert re.search(r"Code asked for \d{1,2}:\d\d[ap]m, ", text)

    def test_it_says_how_long_ago_that_was(self, signed_in: Resident, device: Device) -> None:
        made = device.row.created_at
        DeviceGrant.objects.update(created_at=made - timedelta(minutes=1.5))
        assert "about 1 minute ago" in main_text(type_code(signed_in, device.user_code))
        DeviceGrant.objects.update(created_at=made - timedelta(minutes=12))
        assert "about 12 minutes ago" in main_text(signed_in.get("/device/confirm"))

    def test_it_says_what_is_only_for_trying_out(self, signed_in: Resident) -> None:
        partner = maker(environment="sandbox")
        whose = partner.application.organisation
        signed_in.sign_in(factories.test_resident(whose))
        device = Device.asks(partner)
        page = type_code(signed_in, device.user_code, at=f"/device/test/{whose.slug}")
        assert "Only for trying out" in main_text(page)

    def test_looking_at_it_lets_nothing_in(self, asked: Response, device: Device) -> None:
        assert asked.status_code == 200
        assert refused(device.poll(), "authorization_pending")
        assert nothing_happened(device)
        assert not AuthorizationRequest.objects.exists()

    def test_saying_yes_leads_to_sharing_and_then_back_to_the_device(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        sharing = signed_in.press(asked, "allow")
        assert heading(sharing) == "Share your details with Council Tax"
        assert refused(device.poll(), "authorization_pending")
        done = signed_in.press(sharing, "share")
        assert heading(done) == LET_IN
        assert heading(signed_in.get(done.wsgi_request.get_full_path())) == LET_IN
        tokens = device.tokens()
        assert device.partner.userinfo(tokens["access_token"]).status_code == 200
        assert Participant.objects.get().application == device.partner.application

    def test_whoever_shared_before_is_not_asked_again(
        self, signed_in: Resident, account: Account, device: Device
    ) -> None:
        factories.consent(account, device.partner.application)
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        assert heading(page) == LET_IN

    def test_saying_no_turns_the_device_away(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        page = signed_in.press(asked, "refuse")
        assert heading(page) == "The device was not let in"
        assert refused(device.poll(), "access_denied")
        assert "wrong or out of date" in main_text(type_code(signed_in, device.user_code))
        event = AuditEvent.objects.get(event=Event.DEVICE_CODE_REFUSED)
        assert (event.actor_kind, event.object_id) == ("resident", str(device.row.token_family))

    def test_nobody_is_told_no_of_a_device_that_another_click_has_just_let_in(
        self,
        signed_in: Resident,
        asked: Response,
        device: Device,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def beaten(**_device: int) -> bool:
            return False

        monkeypatch.setattr(device_codes, "refuse", beaten)
        page = signed_in.press(asked, "refuse")
        assert heading(page) == "This code does not work any more"
        assert refused(device.poll(), "authorization_pending")

    def test_not_sharing_turns_it_away_too(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        leaving = signed_in.press(signed_in.press(asked, "allow"), "refuse")
        assert "the device is told" in main_text(leaving)
        assert refused(device.poll(), "authorization_pending")
        assert heading(signed_in.press(leaving, "leave")) == "The device was not let in"
        assert refused(device.poll(), "access_denied")

    def test_every_answer_is_recorded(self, signed_in: Resident, device: Device) -> None:
        let_in(signed_in, device)
        device.tokens()
        about = (Event.DEVICE_CODE_CONFIRMED, Event.AUTHORIZATION_GRANTED, Event.TOKENS_ISSUED)
        recorded = AuditEvent.objects.filter(event__in=about).order_by("pk")
        assert tuple(recorded.values_list("event", flat=True)) == about
        client_id = device.partner.application.client_id
        assert set(recorded.values_list("application_id", flat=True)) == {client_id}

    def test_a_code_answered_while_the_page_is_open_is_out_of_date(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        device.is_turned_away()
        page = signed_in.press(asked, "allow")
        assert (page.status_code, heading(page)) == (400, "This code does not work any more")
        assert path(signed_in.get("/device/confirm")) == "/device"

    def test_a_code_that_runs_out_while_sharing_lets_nothing_in(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        sharing = signed_in.press(asked, "allow")
        device.expires()
        AuthorizationRequest.objects.update(expires_at=device.row.expires)
        page = signed_in.press(sharing, "share")
        assert (page.status_code, heading(page)) == (400, "Your sign-in has timed out")
        assert refused(device.poll(), "expired_token")

    def test_two_people_with_one_code_do_not_both_let_it_in(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        sharing = signed_in.press(asked, "allow")
        second, other = Resident(), people.account("other@example.org", password=PASSWORD)
        second.sign_in(other)
        assert heading(let_in(second, device)) == LET_IN
        page = signed_in.press(sharing, "share")
        assert (page.status_code, heading(page)) == (400, "This sign-in was already used")
        assert device.row.user == other

    def test_a_form_without_its_token_is_refused(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        del asked
        answer = signed_in.submit("/device/confirm", {"decision": "allow"})
        assert answer.status_code == 403
        assert nothing_happened(device)

    @pytest.mark.parametrize("change", ["renamed", "step made up", "step left out"])
    def test_an_answer_to_another_page_than_this_asks_again(
        self, signed_in: Resident, asked: Response, device: Device, change: str
    ) -> None:
        typed = {"step made up": {"step": "k1:\u00e9"}, "step left out": {"step": ""}}
        if change == "renamed":
            Application.objects.update(name="Library")
        page = signed_in.press(asked, "allow", **typed.get(change, {}))
        assert heading(page).startswith("Let another device sign in to")
        assert nothing_happened(device)
        assert not AuthorizationRequest.objects.exists()

    def test_an_answer_about_the_device_of_another_tab_asks_about_this_one(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        other = Device.asks(maker(name="Library"))
        type_code(signed_in, other.user_code)
        page = signed_in.press(asked, "allow")
        assert other.user_code in main_text(page)
        assert nothing_happened(device)
        assert nothing_happened(other)

    def test_a_decision_that_we_do_not_know_asks_again(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        page = signed_in.press(asked, "allow", decision="x\u00e9")
        assert heading(page) == QUESTION
        assert nothing_happened(device)
