"""RFC 8628 §3.3, §3.3.1: the resident types the code, or opens a link that fills it in."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings

from accounts.models import Account
from clients.models import Application
from tests.factories import people
from tests.protocol.devices import QUESTION, Device, nothing_happened, type_code
from tests.protocol.resident import Resident, heading, main_text, path


@pytest.fixture
def device() -> Device:
    return Device.asks()


class TestTyping:
    """§3.3, §6.1: however somebody types what they see."""

    @pytest.mark.parametrize(
        "typed",
        [
            *("{}", " {} ", "{}.", "\u2028{}\u3000"),
            *("lower", "spaced", "dotted", "dashless", "full width", "em dash"),
        ],
    )
    def test_case_spaces_and_dashes_do_not_count(
        self, signed_in: Resident, device: Device, typed: str
    ) -> None:
        code = device.user_code
        variants = {
            "lower": code.lower(),
            "spaced": " ".join(code),
            "dotted": code.replace("-", "."),
            "dashless": code.replace("-", ""),
            "full width": "".join(chr(ord(sign) + 0xFEE0) for sign in code),
            "em dash": code.replace("-", "\u2014"),
        }
        page = type_code(signed_in, variants.get(typed, typed.format(code)))
        assert heading(page) == QUESTION

    @pytest.mark.parametrize(
        "typed", ["", "BCDF", "AEAE-AEAE", "BCDF-GHJKL", "x\0yzxyzxz", "\u017f" * 9, "\u00df" * 8]
    )
    def test_what_can_be_no_code_is_said_to_be_none(
        self, signed_in: Resident, device: Device, typed: str
    ) -> None:
        page = type_code(signed_in, typed)
        assert page.status_code == 200
        assert "Enter the 8 letters that the device shows" in main_text(page)
        assert nothing_happened(device)

    def test_a_megabyte_is_no_code(self, signed_in: Resident) -> None:
        page = type_code(signed_in, "B" * 100_000)
        assert "Enter the 8 letters that the device shows" in main_text(page)

    @pytest.mark.parametrize("end", ["expired", "refused", "let in", "suspended", "unknown"])
    def test_every_code_that_lets_nothing_in_gets_the_same_words(
        self, signed_in: Resident, device: Device, end: str
    ) -> None:
        code = device.user_code
        match end:
            case "expired":
                device.expires()
            case "refused":
                device.is_turned_away()
            case "let in":
                device.is_let_in(people.account("other@example.org"))
            case "suspended":
                Application.objects.update(status="suspended")
            case "unknown":
                code = "BBBB-BBBB"
        page = type_code(signed_in, code)
        assert "That code is wrong or out of date" in main_text(page)

    def test_nobody_types_a_code_without_signing_in(
        self, resident: Resident, device: Device, account: Account
    ) -> None:
        page = resident.get("/device")
        assert path(page) == "/sign-in"
        page = resident.password(page, account)
        assert heading(page) == "Sign in on another device"
        assert heading(resident.press(page, "continue", user_code=device.user_code)) == QUESTION


class TestSection331Complete:
    """§3.3.1 verification_uri_complete: it fills in the form, and that is all."""

    def test_it_fills_in_the_form_after_signing_in(
        self, resident: Resident, device: Device, account: Account
    ) -> None:
        page = resident.get(local(device))
        assert path(page) == "/sign-in"
        page = resident.password(page, account)
        assert path(page) == "/device"
        assert f'value="{device.user_code}"' in page.content.decode()
        assert "check it if it is here already" in main_text(page)
        assert "Never use a code or a link that somebody gave you" in main_text(page)
        assert nothing_happened(device)
        assert heading(resident.press(page, "continue")) == QUESTION

    def test_the_code_goes_nowhere_but_into_the_browser(
        self, resident: Resident, device: Device
    ) -> None:
        answer = resident.client.get(local(device))
        assert (answer.status_code, answer["Location"]) == (303, "/device")
        kept = answer.cookies[settings.DEVICE_CODE_COOKIE_NAME]
        assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 900)
        sign_in = resident.client.get("/device")["Location"]
        assert device.user_code not in sign_in

    def test_it_looks_nothing_up(self, signed_in: Resident, device: Device) -> None:
        unknown = signed_in.get("/device/open?user_code=BBBB-BBBB")
        known = signed_in.get(local(device))
        assert heading(unknown) == heading(known) == "Sign in on another device"

    @pytest.mark.parametrize("value", ["", "x", "%00", "%FF", "B" * 5000, "AEIO-UAEI"])
    def test_what_is_no_code_fills_in_nothing(self, signed_in: Resident, value: str) -> None:
        page = signed_in.get(f"/device/open?user_code={value}")
        assert (path(page), page.status_code) == ("/device", 200)
        assert settings.DEVICE_CODE_COOKIE_NAME not in signed_in.client.cookies

    def test_a_link_leads_nobody_past_the_form(self, signed_in: Resident, device: Device) -> None:
        signed_in.get(local(device))
        assert path(signed_in.get("/device/confirm")) == "/device"

    @pytest.mark.parametrize("kept", ["", ".", "x.y", "\u00e9.\u00e9", "BBBBBBBB.k1:x", "B" * 4000])
    def test_a_cookie_that_somebody_made_up_counts_for_nothing(
        self, signed_in: Resident, kept: str
    ) -> None:
        signed_in.client.cookies[settings.DEVICE_CODE_COOKIE_NAME] = kept
        assert signed_in.get("/device").status_code == 200
        assert path(signed_in.get("/device/confirm")) == "/device"


def local(device: Device) -> str:
    complete = urlsplit(device.answer["verification_uri_complete"])
    return f"{complete.path}?{complete.query}"
