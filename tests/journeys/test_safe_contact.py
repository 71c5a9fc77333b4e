"""A resident whose flatmate reads along gives less away, and takes it back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.provider import Served

ADDRESS = "mina.castle@mail.example"
NUMBER = "07700 900321"
OVERVIEW = "Safe ways to reach you"
QUESTION = "Should our emails hide what they are about?"


@pytest.fixture
def mina(new_visitor_in_time: NewVisitor) -> Visitor:
    return new_visitor_in_time(narrow=True)


def test_a_phone_is_not_used_and_mails_say_nothing(
    mina: Visitor, served_in_time: Served, clock: Clock
) -> None:
    person = ("account", "create", "--email", ADDRESS, "--name", "Mina Castle")
    password = served_in_time.manage(*person)["password"]
    code = _set_up(mina, password, clock)
    # What somebody added just now may be a thief's: it silences nothing.
    clock.put_forward(timedelta(days=8))
    mina.open(f"{mina.issuer}/account/safe-contact")
    sign_in(mina, ADDRESS, password)
    mina.fill("Code from your app", code())
    mina.press("Continue")
    mina.expect_page(OVERVIEW, OVERVIEW)

    mina.press(f"Stop using {NUMBER}", "link")
    mina.expect_page(f"Stop using {NUMBER}?", f"Stop using {NUMBER}?")
    mina.press("Stop using it")
    expect(mina.page.get_by_text("We do not use this")).to_be_visible()
    mina.press(f"Stop using {ADDRESS}", "link")
    mina.press("Stop using it")
    mina.expect_heading("You cannot change this here yet")
    mina.press("Back", "link")

    mina.press("Change how much our emails give away", "link")
    mina.expect_page(QUESTION, QUESTION)
    mina.leave_unanswered("No, say what they are about")
    mina.press("Save")
    mina.expect_page(f"Error: {QUESTION}", QUESTION)
    mina.choose("Yes, hide it")
    mina.press("Save")
    mina.expect_page(OVERVIEW, OVERVIEW)
    while served_in_time.outbox.take(ADDRESS):
        pass
    mina.press(f"Use again {NUMBER}", "link")
    mina.press("Use it again")
    mina.open(f"{mina.issuer}/account/freeze")
    mina.press("Freeze my account")
    told = served_in_time.outbox.wait_for_mail(ADDRESS)
    assert told["Subject"] == "A message for you"


def _set_up(mina: Visitor, password: str, clock: Clock) -> Callable[[], str]:
    """Have a phone number and an app; return what the app shows, asked again later."""
    mina.open(f"{mina.issuer}/account/phone")
    sign_in(mina, ADDRESS, password)
    mina.fill("Phone number", NUMBER)
    mina.press("Save")
    mina.press("Go on without confirming it", "link")
    mina.open(f"{mina.issuer}/account/ways-to-sign-in/app")
    app = pyotp.TOTP(mina.page.locator("#app-key").inner_text().replace(" ", ""))

    def code() -> str:
        return app.at(datetime.now(UTC) + clock.ahead)

    mina.fill("Code that the app shows", code())
    mina.press("Add the app")
    return code
