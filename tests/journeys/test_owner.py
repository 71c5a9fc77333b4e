"""The service owner changes what residents see: a second browser and the next mail show it."""

import re
import time
from datetime import timedelta

from django.utils.timezone import localdate

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served

SEEN = "What residents see of the council"
CHANGE = "Change what residents see"
TRY = "Show me what it looks like"
LOOKS = "What it will look like"
# As the page promises.
_SECONDS = 60


def at_the_desk(new_visitor: NewVisitor, served: Served) -> Visitor:
    """Return the browser of a new service owner, signed in."""
    desk = new_visitor()
    Keys.phone(desk)
    address = f"owner.{time.monotonic_ns()}@council.example"
    made = served.manage("staff", "make", address, "--name", "Olu Owner", "--team", "Digital")
    desk.open(link_in(served.outbox.wait_for_mail(address)))
    desk.press("Add my key")
    served.manage("staff", "grant", made["account"], "owner")
    desk.open(f"{served.issuer}/staff")
    return desk


def soon(visitor: Visitor, address: str, words: str) -> None:
    """Open a page again and again until it says this, for a minute at most."""
    deadline = time.monotonic() + _SECONDS
    while words not in visitor.page.locator("body").inner_text():
        assert time.monotonic() < deadline, f"{address} does not say {words}"
        time.sleep(1)
        visitor.page.goto(address)
    visitor.look_again()


def mailed_soon(resident: Visitor, served: Served, words: str) -> str:
    """Ask for mails until one says this; the worker is a process of its own, which looks itself."""
    deadline = time.monotonic() + _SECONDS
    while True:
        person = Person()
        resident.open(f"{served.issuer}/sign-up")
        resident.fill("Email address", person.address)
        resident.press("Continue")
        mail = text_of(served.outbox.wait_for_mail(person.address))
        if words in mail:
            return mail
        assert time.monotonic() < deadline, mail


def main_text(visitor: Visitor) -> str:
    return visitor.page.get_by_role("main").inner_text()


def test_the_owner_changes_the_phone_number(new_visitor: NewVisitor, served: Served) -> None:
    resident = new_visitor(narrow=True)
    resident.open(f"{served.issuer}/sign-in")
    before = resident.page.locator(".borough-help .borough-phone").inner_text()
    hours = served.environment.get("BOROUGH_COUNCIL_HOURS", "Monday to Friday, 9am to 5pm")

    desk = at_the_desk(new_visitor, served)
    desk.press(SEEN, "link")
    desk.expect_page(SEEN, SEEN)
    desk.press("Change it", "link")
    desk.fill("Phone number", "101")
    desk.fill("Main colour", "#ffcc00")
    desk.press(TRY)
    desk.expect_page(f"Error: {CHANGE}", CHANGE)
    assert "Its contrast is 1.4 to 1" in main_text(desk)
    desk.fill("Phone number", "020 7946 0123")
    desk.fill("Main colour", "#4b1d6b")
    desk.fill("Hours of the phone", "Every day, 8am to 8pm")
    desk.press(TRY)
    desk.expect_page(LOOKS, LOOKS)
    assert "020 7946 0123" in main_text(desk)
    bar = desk.page.locator(".govuk-generic-header")
    assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(75, 29, 107)"
    resident.open(f"{served.issuer}/sign-in")
    assert "020 7946 0123" not in resident.page.locator("body").inner_text()
    desk.press("Publish")
    desk.expect_page(SEEN, SEEN)

    soon(resident, f"{served.issuer}/sign-in", "020 7946 0123, Every day, 8am to 8pm")
    bar = resident.page.locator(".govuk-generic-header")
    assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(75, 29, 107)"
    mail = mailed_soon(resident, served, "Call 020 7946 0123")
    assert "Every day, 8am to 8pm." in mail

    desk.press("Change it", "link")
    desk.fill("Phone number", before)
    desk.fill("Hours of the phone", hours)
    desk.fill("Main colour", "#00534c")
    desk.press(TRY)
    desk.press("Publish")
    desk.press("Everything published before", "link")
    desk.follow_first("Put back")
    desk.press("Put it back")
    assert "020 7946 0123" in main_text(desk)
    desk.press("Everything published before", "link")
    desk.follow("Put back version 2")
    desk.press("Put it back")
    soon(resident, f"{served.issuer}/sign-in", before)


def test_the_owner_publishes_a_notice(new_visitor: NewVisitor, served: Served) -> None:
    text, tomorrow = f"Texts are late today, {time.monotonic_ns()}", localdate() + timedelta(days=1)
    desk = at_the_desk(new_visitor, served)
    desk.press(SEEN, "link")
    desk.press("Service notices", "link")
    desk.expect_page("Service notices", "Service notices")
    desk.press("Write a notice")
    desk.press(TRY)
    desk.expect_page("Error: Write a notice", "Write a notice")
    desk.fill("What people should know", text)
    until = desk.page.get_by_role("group", name="Show it until")
    for part in ("day", "month", "year"):
        until.get_by_label(part.title()).fill(str(getattr(tomorrow, part)))
    desk.fill("Until what time", "09:30")
    desk.press(TRY)
    desk.expect_page(LOOKS, LOOKS)
    assert text in main_text(desk)
    desk.press("Publish")
    desk.expect_page("Service notices", "Service notices")
    resident = new_visitor(narrow=True)
    resident.open(f"{served.issuer}/sign-in")
    soon(resident, f"{served.issuer}/sign-in", text)
    resident.open(f"{served.issuer}/status")
    resident.expect_page("Service status", "Service status")
    assert text in main_text(resident)
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=re.compile(f"Take it down.*{text}")).click()
    desk.look_again()
    deadline = time.monotonic() + _SECONDS
    while text in resident.page.locator("body").inner_text():
        assert time.monotonic() < deadline
        time.sleep(1)
        resident.page.goto(f"{served.issuer}/sign-in")


def test_the_owner_sees_what_is_missing_before_the_opening(
    new_visitor: NewVisitor, served: Served
) -> None:
    desk = at_the_desk(new_visitor, served)
    desk.press(SEEN, "link")
    desk.press("Open to residents", "link")
    desk.expect_page("Open to residents", "Open to residents")
    assert "Residents would read example text" in main_text(desk)
    assert "No copy of the audit log’s newest seal is kept elsewhere" in main_text(desk)
