"""A resident without the phone's app at hand gets a code by text message, and changes nothing."""

import pyotp

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import text_of
from tests.serving.provider import Served
from tests.serving.services import Services

NUMBER = "+447700900789"
ADD = "Codes by text message"
STEP = "Get a code by text message"


def test_a_text_message_stands_in_for_the_app(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    _confirm_phone(resident, served)
    resident.open(f"{served.issuer}/account/ways-to-sign-in")
    resident.press("An app that shows codes", "link")
    secret = resident.page.locator("#app-key").inner_text().replace(" ", "")
    resident.fill("Code that the app shows", pyotp.TOTP(secret).now())
    resident.press("Add the app")
    resident.press(ADD, "link")
    resident.expect_page(ADD, ADD)
    resident.press("Use text messages")
    resident.expect_page("Ways to sign in", "Ways to sign in")

    abroad = new_visitor(narrow=True)
    abroad.open(f"{served.issuer}/account")
    sign_in(abroad, person.address, person.password)
    abroad.press(STEP, "link")
    abroad.expect_page(STEP, STEP)
    abroad.press("Send me a code")
    abroad.press("Continue")
    abroad.expect_page(f"Error: {STEP}", STEP)
    abroad.fill("Code from the text message", _code(served), mailed=True)
    abroad.press("Continue")
    abroad.expect_heading("Your account")
    abroad.open(f"{served.issuer}/account/ways-to-sign-in/code-sheet")
    abroad.expect_heading("Sign in another way to change this")


def _confirm_phone(resident: Visitor, served: Served) -> None:
    resident.open(f"{served.issuer}/account/phone")
    resident.fill("Phone number", NUMBER)
    resident.press("Save")
    resident.expect_page("Check your phone", "Check your phone")
    resident.press("Continue")
    resident.expect_page("Error: Check your phone", "Check your phone")
    resident.fill("Code", _code(served), mailed=True)
    resident.press("Continue")
    resident.expect_heading("Your account")


def _code(served: Served) -> str:
    return text_of(served.outbox.wait_for_mail(NUMBER)).split()[-1]
