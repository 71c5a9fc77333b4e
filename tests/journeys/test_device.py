"""A television shows a code; its owner types it on the phone."""

from uuid import uuid4

import httpx
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.protocol.devices import GRANT
from tests.serving.provider import Served
from tests.serving.services import Services

TITLE = "Sign in on another device"
QUESTION = "Let another device sign in to Town Screen as you?"


class Television:
    """An application of the kind device, as it runs on a screen."""

    def __init__(self, served: Served) -> None:
        self.issuer = served.issuer
        made = served.manage(
            *("application", "create", "--organisation", "council", "--name", "Town Screen"),
            *("--slug", f"screen-{uuid4().hex[:12]}", "--live", "--kind", "device"),
            *("--scope", "openid:public_task:To know who you are"),
        )
        self.client_id = str(made["client_id"])

    def show_code(self) -> str:
        """Ask for new codes and show the one that people type."""
        asked = {"client_id": self.client_id, "scope": "openid"}
        answer = httpx.post(f"{self.issuer}/device-authorization", data=asked).json()
        self.code, self.link = answer["device_code"], answer["verification_uri_complete"]
        return str(answer["user_code"])

    def poll(self) -> str:
        """Say what the provider answers: an error, or that it gave tokens."""
        asked = {"grant_type": GRANT, "client_id": self.client_id, "device_code": self.code}
        answer = httpx.post(f"{self.issuer}/token", data=asked).json()
        return "tokens" if "access_token" in answer else str(answer["error"])


def test_a_code_is_typed_confirmed_and_lets_the_device_in(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, screen = Person(), Television(served)
    create_account(new_visitor(), served, services.council_tax, person)
    phone = new_visitor(narrow=True)
    code = screen.show_code()
    phone.open(f"{served.issuer}/device")
    sign_in(phone, person.address, person.password)
    phone.expect_page(TITLE, TITLE)
    phone.press("Continue")
    phone.expect_page(f"Error: {TITLE}", TITLE)
    phone.fill("Code on the device", "BBBB BBBB")
    phone.press("Continue")
    phone.expect_page(f"Error: {TITLE}", TITLE)
    phone.fill("Code on the device", code.lower().replace("-", " "))
    phone.press("Continue")
    phone.expect_page(QUESTION, QUESTION)
    expect(phone.page.get_by_role("main")).to_contain_text(code)
    assert screen.poll() == "authorization_pending"
    phone.press("Yes, let it in")
    phone.press("Share and continue")
    done = "Your device can use Town Screen now"
    phone.expect_page(done, done)
    assert screen.poll() == "tokens"


def test_a_link_fills_in_the_code_and_saying_no_turns_the_device_away(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, screen = Person(), Television(served)
    resident = new_visitor(keyboard=True)
    create_account(resident, served, services.council_tax, person)
    code = screen.show_code()
    resident.open(screen.link)
    expect(resident.page.get_by_label("Code on the device")).to_have_value(code)
    resident.press("Continue")
    resident.press("No, this is not mine")
    refused = "The device was not let in"
    resident.expect_page(refused, refused)
    assert screen.poll() == "access_denied"
