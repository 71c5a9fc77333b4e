"""A resident who lost the phone gets back in, and nobody else could have meanwhile."""

import re
from datetime import UTC, datetime, timedelta

import pyotp

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served

ADDRESS = "grace.bell@mail.example"
NEW_PASSWORD = "lantern-meadow-biscuit-27"
HALF_THE_WAIT = timedelta(hours=36)
ASK = "Get back into your account"
OWN = "Getting back into your account"
CHOSEN = "Your new way to sign in works"
OPENS = re.compile(r"can be chosen\s+from ([0-9:apm]+ on [0-9]+ [A-Z][a-z]+ [0-9]{4})")


def test_lost_phone(new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock) -> None:
    grace = new_visitor_in_time()
    person = ("account", "create", "--email", ADDRESS, "--name", "Grace Bell")
    password = served_in_time.manage(*person)["password"]
    codes = _have_app_and_codes(grace, password, clock)
    _come_with_code(grace, password, codes)
    opens = _ask_for_new_ways(grace)

    started = _mail_about(served_in_time, "asked to get back")
    assert OPENS.findall(started) == [opens]
    grace.open(_link(started))
    grace.expect_heading("Stop somebody getting back into your account")

    clock.put_forward(HALF_THE_WAIT)
    assert OPENS.findall(_mail_about(served_in_time, "still waits")) == [opens]
    clock.put_forward(HALF_THE_WAIT)
    opened = _mail_about(served_in_time, "can be chosen now")
    _choose_new_password(grace, _link(opened), password)
    _add_app(grace, clock)
    grace.expect_heading("Your account")
    grace.open(f"{grace.issuer}/account/ways-to-sign-in/recovery-codes")
    grace.expect_heading("You cannot change this yet")


def test_every_way_back_behind_the_mailed_link(new_visitor: NewVisitor, served: Served) -> None:
    person, resident, lost = Person(), new_visitor(narrow=True), new_visitor(narrow=True)
    made = served.manage("account", "create", "--email", person.address, "--name", person.name)
    lost.open(f"{served.issuer}/get-back-in")
    lost.press("Continue")
    lost.expect_page(f"Error: {ASK}", ASK)
    lost.fill("Email address or sign-in name", person.address)
    lost.press("Continue")
    lost.expect_page("Check your email", "Check your email")
    ways = link_in(served.outbox.wait_for_mail(person.address))

    lost.open(f"{ways}/more-time")
    lost.expect_page("You have more time", "You have more time")
    lost.open(ways)
    lost.press("I have a code from your staff", "link")
    lost.fill("Code", "CCCC-DDDD")
    lost.press("Continue")
    lost.expect_page("Error: Type your code", "Type your code")
    lost.open(ways.replace("/ways/", "/post/"))
    lost.expect_heading("This is not possible now")
    lost.open(ways)
    lost.press("I know my password but cannot do the second step", "link")
    title = "Type the password of your account"
    lost.fill("Your password", "not the one")
    lost.press("Continue")
    lost.expect_page(f"Error: {title}", title)
    lost.fill("Your password", made["password"])
    lost.press("Continue")
    lost.expect_heading("Ways back into your account")

    stop = link_in(served.outbox.wait_for_mail(person.address))
    resident.open(stop)
    resident.press("This was not me: stop it")
    resident.expect_page("It is stopped", "It is stopped")
    lost.open(ways)
    assert "show us who you are" in lost.page.get_by_role("main").inner_text()


def _have_app_and_codes(grace: Visitor, password: str, clock: Clock) -> list[str]:
    grace.open(f"{grace.issuer}/account/ways-to-sign-in")
    sign_in(grace, ADDRESS, password)
    grace.press("An app that shows codes", "link")
    _add_app(grace, clock)
    grace.press("Get recovery codes", "link")
    grace.press("Show my ten codes")
    return grace.page.locator(".borough-codes li").all_inner_texts()


def _add_app(grace: Visitor, clock: Clock) -> None:
    app = pyotp.TOTP(grace.page.locator("#app-key").inner_text().replace(" ", ""))
    here = datetime.now(UTC) + clock.ahead
    grace.fill("Code that the app shows", app.at(here))
    grace.press("Add the app")


def _come_with_code(grace: Visitor, password: str, codes: list[str]) -> None:
    """Sign in where nobody is known, as the phone is gone, and find that a code changes nothing."""
    grace.page.context.clear_cookies()
    grace.open(f"{grace.issuer}/account/ways-to-sign-in/app")
    sign_in(grace, ADDRESS, password)
    grace.press("Use a recovery code", "link")
    grace.fill("Recovery code", codes[0])
    grace.press("Continue")
    grace.expect_heading("Sign in another way to change this")
    grace.press("I have no other way to sign in any more", "link")
    grace.expect_page(OWN, OWN)


def _ask_for_new_ways(grace: Visitor) -> str:
    grace.press("Ask for new ways to sign in")
    grace.expect_page(OWN, OWN)
    told = OPENS.findall(grace.page.get_by_role("main").inner_text())
    assert len(told) == 1
    return str(told[0])


def _choose_new_password(grace: Visitor, link: str, password: str) -> None:
    title = "Choose new ways to sign in"
    grace.open(link)
    grace.press("Continue")
    grace.expect_page(f"Error: {title}", title)
    grace.fill("Your password", password)
    grace.press("Continue")
    grace.fill("New password", "short")
    grace.press("Change password")
    grace.expect_page("Error: Create a new password", "Create a new password")
    grace.fill("New password", NEW_PASSWORD)
    grace.press("Change password")
    grace.expect_page(CHOSEN, CHOSEN)
    grace.press("Sign in")
    sign_in(grace, ADDRESS, NEW_PASSWORD)
    grace.press("An app that shows codes", "link")


def _mail_about(served: Served, subject: str) -> str:
    """Return the text of the mail with these words in its subject; others come in between."""
    while True:
        mail = served.outbox.wait_for_mail(ADDRESS)
        if subject in str(mail["Subject"]):
            return text_of(mail)


def _link(text: str) -> str:
    found = re.search(r"http\S+/get-back-in/\S+", text)
    assert found
    return found[0]
