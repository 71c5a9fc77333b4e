"""A resident without a password lost the only passkey, and gets back in by making a new one."""

from datetime import timedelta

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person
from tests.serving.clock import Clock
from tests.serving.outbox import code_in, link_in
from tests.serving.provider import Served

HALF_THE_WAIT = timedelta(hours=12)
MAKE = "Make a passkey"
CHOOSE = "Create a new password"
STOP = "Stop somebody getting back into your account"
CHOSEN = "Your new way to sign in works"


def test_new_passkey(new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock) -> None:
    served, person = served_in_time, Person()
    _sign_up(new_visitor_in_time, served, person)
    lost = new_visitor_in_time(narrow=True)
    code = served.manage("account", "recovery-code", person.address)["code"]
    lost.open(f"{served.issuer}/get-back-in")
    lost.fill("Email address or sign-in name", person.address)
    lost.press("Continue")
    lost.open(_mailed(served, person, "Getting back into"))
    lost.press("I have a code from your staff", "link")
    lost.fill("Code", code)
    lost.press("Continue")
    clock.put_forward(HALF_THE_WAIT)
    _mailed(served, person, "still waits")
    clock.put_forward(HALF_THE_WAIT)
    link = _mailed(served, person, "can be chosen now")
    lost.open(link)
    lost.press("This was not me", "link")
    lost.expect_page(STOP, STOP)
    lost.open(link)
    lost.fill("Code", code)
    lost.press("Continue")
    lost.expect_page(MAKE, MAKE)
    assert "Anyone who can unlock this device" in lost.page.get_by_role("main").inner_text()

    # As a script would that got nothing to send.
    lost.page.locator("form:has([data-passkey])").evaluate("form => form.submit()")
    lost.expect_page(f"Error: {MAKE}", MAKE)
    lost.look_again()

    lost.press("Choose a password instead", "link")
    lost.expect_page(CHOOSE, CHOOSE)
    lost.press("Make a passkey instead", "link")
    phone = Keys.phone(lost)
    phone.unlock(succeeds=False)
    lost.page.get_by_role("button", name=MAKE).click()
    lost.page.get_by_text("Nothing was done").wait_for()
    phone.unlock(succeeds=True)
    lost.press(MAKE)
    lost.expect_page(CHOSEN, CHOSEN)
    assert len(phone.kept()) == 1
    # Chromium's virtual phone picks at once what the name field offers.
    lost.page.get_by_role("button", name="Sign in").click()
    lost.wait_for_heading("Your account")


def _sign_up(new_visitor: NewVisitor, served: Served, person: Person) -> None:
    resident = new_visitor()
    Keys.phone(resident)
    resident.open(f"{served.issuer}/sign-in")
    resident.press("Create an account", "link")
    resident.fill("Email address", person.address)
    resident.press("Continue")
    resident.fill("Code", code_in(served.outbox.wait_for_mail(person.address)), mailed=True)
    resident.press("Continue")
    resident.press("use a passkey instead of a password", "link")
    resident.fill("Full name", person.name)
    resident.press("Create account with a passkey")
    resident.wait_for_heading("Your account")


def _mailed(served: Served, person: Person, subject: str) -> str:
    """Return the link of the mail with these words in its subject; others come in between."""
    while True:
        mail = served.outbox.wait_for_mail(person.address)
        if subject in str(mail["Subject"]):
            return link_in(mail)
