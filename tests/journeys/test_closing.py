"""A resident closes the account, thinks again, closes it, and has it back as the same person."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import text_of
from tests.serving.provider import Served
from tests.serving.services import Services

CLOSE, SURE = "Close your account", "Do you want to close your account?"
SERVICES = "Should services delete what they have about you?"
CLOSES = re.compile(r"^Your account closes on \d")


def test_close_think_again_close_and_come_back(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    served.outbox.wait_for_mail(person.address)
    subject = _subject(resident)

    resident.open(f"{served.issuer}/account")
    resident.press(CLOSE, "link")
    resident.expect_page(CLOSE, CLOSE)
    _ask_to_close(resident)
    mail = served.outbox.wait_for_mail(person.address)
    assert "unless you sign in before then and keep it" in text_of(mail)
    _keep_on_the_way(new_visitor(), served, person)

    resident.open(f"{served.issuer}/account/closing")
    resident.expect_page("Your account stays open", "Your account stays open")
    by_operator = ("--reason", "resident", "--case", "C-1", "--now")
    served.manage("account", "close", person.address, *by_operator)
    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    sign_in(resident, person.address, person.password)
    resident.expect_page("Your account is closed", "Your account is closed")
    resident.press("Open my account again")
    resident.expect_heading("Share your details with Council Tax")
    resident.press("Share and continue")
    assert _subject(resident) == subject


def _ask_to_close(resident: Visitor) -> None:
    resident.press("Continue")
    resident.expect_page(SURE, SURE)
    resident.press("Close my account")
    resident.expect_page(f"Error: {SURE}", SURE)
    resident.page.get_by_role("checkbox", name="Yes, close my account").check()
    resident.press("Close my account")
    resident.expect_page(SERVICES, SERVICES)
    resident.press("Continue")
    expect(resident.page.get_by_role("heading", level=1)).to_have_text(CLOSES)


def _keep_on_the_way(elsewhere: Visitor, served: Served, person: Person) -> None:
    elsewhere.open(f"{served.issuer}/account/history")
    sign_in(elsewhere, person.address, person.password)
    expect(elsewhere.page.get_by_role("heading", level=1)).to_have_text(CLOSES)
    elsewhere.press("Keep my account")
    elsewhere.expect_heading("What happened in your account")


def _subject(resident: Visitor) -> str:
    """Return the number that the service's page says it knows the resident by."""
    row = resident.page.locator("tr", has_text="Your number with us")
    return row.locator("td").inner_text()
