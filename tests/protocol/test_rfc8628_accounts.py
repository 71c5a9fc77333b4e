"""RFC 8628 §3.3: which account lets a device in, how strongly signed in, and the last pages."""

import pytest

from accounts.assurance import Level
from accounts.models import Account, Session
from idp.models import AuthorizationRequest, Participant
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

WAY_NEEDED = "/account/ways-to-sign-in/needed"


@pytest.fixture
def device() -> Device:
    return Device.asks()


@pytest.fixture
def asked(signed_in: Resident, device: Device) -> Response:
    """Return the page that asks whether the device is there."""
    page = type_code(signed_in, device.user_code)
    assert heading(page) == QUESTION
    return page


class TestWhoeverSitsThere:
    """The account that answers is the one that was on the page."""

    def test_somebody_else_types_the_code_themselves(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        page = signed_in.press(asked, "not-you")
        joan = people.account("joan@example.org", password=PASSWORD)
        page = signed_in.password(page, joan)
        assert path(page) == "/device"
        page = signed_in.press(page, "continue")
        assert "joan@example.org" in main_text(page)
        signed_in.press(signed_in.press(page, "allow"), "share")
        assert device.row.user == joan

    def test_the_next_person_confirms_anew_what_the_last_one_confirmed(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        sharing = signed_in.press(asked, "allow")
        signed_in.sign_in(people.account("joan@example.org", password=PASSWORD))
        assert path(signed_in.press(sharing, "share")) == "/device"
        assert nothing_happened(device)

    def test_not_you_on_the_sharing_page_leads_to_the_code_again(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        page = signed_in.press(signed_in.press(asked, "allow"), "not-you")
        joan = people.account("joan@example.org", password=PASSWORD)
        assert path(signed_in.password(page, joan)) == "/device"
        assert nothing_happened(device)

    def test_a_page_left_open_by_somebody_else_answers_nothing(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        signed_in.sign_in(people.account("joan@example.org", password=PASSWORD))
        assert path(signed_in.press(asked, "allow")) == "/device"
        assert nothing_happened(device)

    def test_at_a_shared_device_the_page_that_names_the_account_is_enough(
        self, resident: Resident, account: Account, device: Device
    ) -> None:
        resident.sign_in(account, is_shared_device=True)
        assert heading(let_in(resident, device)) == LET_IN

    def test_after_signing_out_of_the_service_it_may_be_let_in_again(
        self, signed_in: Resident, account: Account, device: Device
    ) -> None:
        let_in(signed_in, device)
        Participant.objects.update(signed_out_at=device.row.created_at)
        second = Device.asks(device.partner)
        assert heading(let_in(signed_in, second)) == LET_IN
        assert second.tokens()["scope"]
        assert account.consents.count() == 1


class TestHowStrongly:
    """The sign-in is as strong as the application asks for (OIDC Core §3.1.2.1 acr_values)."""

    def test_more_is_asked_for_where_more_is_needed(self, signed_in: Resident) -> None:
        device = Device.asks(maker(minimum_level=Level.TWO_FACTORS))
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        assert path(page) == WAY_NEEDED
        assert nothing_happened(device)
        Session.objects.update(level=Level.TWO_FACTORS)
        row = AuthorizationRequest.objects.get()
        page = signed_in.get(f"/authorize/continue?request={row.pk}")
        assert heading(page) == "Share your details with Council Tax"

    def test_an_acr_value_counts_as_at_the_authorization_endpoint(
        self, signed_in: Resident
    ) -> None:
        device = Device.asks(acr_values="phr")
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        assert path(page) == WAY_NEEDED

    def test_whoever_gives_up_turns_the_device_away(self, signed_in: Resident) -> None:
        device = Device.asks(acr_values="phr")
        signed_in.press(type_code(signed_in, device.user_code), "allow")
        row = AuthorizationRequest.objects.get()
        page = signed_in.get(f"/authorize/give-up?request={row.pk}")
        assert "Do not let the device in" in page.content.decode()
        assert heading(signed_in.press(page, "leave")) == "The device was not let in"
        assert refused(device.poll(), "access_denied")

    def test_a_sign_in_of_long_ago_is_repeated_where_the_application_wants_it_fresh(
        self, signed_in: Resident
    ) -> None:
        device = Device.asks(maker(default_max_age=0))
        page = signed_in.press(type_code(signed_in, device.user_code), "allow")
        assert path(page) == "/sign-in"


class TestAfterwards:
    """The last pages tell nothing to anybody else."""

    @pytest.mark.parametrize("request_id", ["", "x", "x" * 43, "%00"])
    def test_a_request_that_let_nothing_in_has_no_last_page(
        self, signed_in: Resident, request_id: str
    ) -> None:
        page = signed_in.get(f"/device/done?request={request_id}")
        assert (page.status_code, heading(page)) == (400, "We cannot find this sign-in")

    def test_another_browser_sees_no_last_page(self, signed_in: Resident, device: Device) -> None:
        done = let_in(signed_in, device)
        page = Resident().get(done.wsgi_request.get_full_path())
        assert page.status_code == 400
        assert "Council Tax" not in main_text(page)

    def test_an_unanswered_request_has_none(
        self, signed_in: Resident, asked: Response, device: Device
    ) -> None:
        signed_in.press(asked, "allow")
        row = AuthorizationRequest.objects.get()
        assert signed_in.get(f"/device/done?request={row.pk}").status_code == 400
        assert nothing_happened(device)

    def test_a_sensitive_service_has_a_way_out_on_each_page_that_names_it(
        self, signed_in: Resident
    ) -> None:
        device = Device.asks(maker(is_sensitive=True))
        page = type_code(signed_in, device.user_code)
        assert "Exit this page" in page.content.decode()
        page = signed_in.press(page, "allow")
        assert "Exit this page" in page.content.decode()
        assert "Exit this page" in signed_in.press(page, "share").content.decode()
