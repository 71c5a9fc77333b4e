"""Staff get to know a caller, who sees afterwards that they looked, unless two kept it back."""

import re
import time
from datetime import timedelta

from django.utils.timezone import localdate

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person
from tests.journeys.test_passkeys import SHARING, sign_up_with_passkey
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served
from tests.serving.services import Services

CHECK = "Check who you are talking to"
MAILED = "The code from their email"
SHOWN = "The code from their account page"
PAPERS = "What they showed you"
OTHERS = "Who else is there"
RING = "Ring the person back"
BEGIN = "Help somebody"
KEPT = "Looks kept back"
ASK = "Ask to keep looks back"
DECIDE = "Keep looks back?"


def at_a_desk(visitor: Visitor, served: Served, *roles: str) -> Visitor:
    """Return the browser of somebody new of the staff in these roles, signed in."""
    Keys.phone(visitor)
    address = f"desk.{time.monotonic_ns()}@council.example"
    made = served.manage("staff", "make", address, "--name", "Vera Lee", "--team", "Contact centre")
    visitor.open(link_in(served.outbox.wait_for_mail(address)))
    visitor.press("Add my key")
    for role in roles:
        served.manage("staff", "grant", made["account"], role)
    visitor.open(f"{served.issuer}/staff")
    return visitor


def help_with(desk: Visitor, served: Served, typed: str, where: str = "On the phone") -> str:
    """Begin to help whoever gave this, and return the address of the help session."""
    desk.open(f"{served.issuer}/staff/help")
    desk.fill("Help code, email address or reference", typed)
    desk.choose("They cannot sign in")
    desk.choose(where)
    desk.press("Continue")
    return desk.page.url


def check(desk: Visitor, how: str) -> None:
    """Choose how to check the caller."""
    desk.press(CHECK, "link")
    desk.choose(how)
    desk.press("Continue")


def main_text(visitor: Visitor) -> str:
    return visitor.page.get_by_role("main").inner_text()


def code_of(text: str) -> str:
    """Return the code that stands in a line of its own."""
    found = re.search(r"(?m)^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text)
    assert found, text
    return found[1]


def test_a_caller_is_known_by_codes(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    Keys.phone(resident)
    sign_up_with_passkey(resident, served, services, person)
    served.outbox.wait_for_mail(person.address)
    desk = at_a_desk(new_visitor(), served, "support")
    desk.open(f"{served.issuer}/staff/help")
    desk.press("Continue")
    desk.expect_page(f"Error: {BEGIN}", BEGIN)
    helping = help_with(desk, served, person.address)

    desk.press(CHECK, "link")
    desk.press("Continue")
    desk.expect_page(f"Error: {CHECK}", CHECK)
    desk.choose("Send a code to the account’s email address")
    desk.press("Continue")
    desk.expect_page(MAILED, MAILED)
    desk.press("Check the code")
    desk.expect_page(f"Error: {MAILED}", MAILED)
    mail = text_of(served.outbox.wait_for_mail(person.address))
    assert "Only read this out if you rang us on" in mail
    desk.fill("Code", code_of(mail).lower())
    desk.press("Check the code")
    assert "Reads the account’s email by a code from an email" in main_text(desk)

    resident.open(f"{served.issuer}/account/ways-to-sign-in")
    resident.press("Show a code for a phone call", "link")
    resident.press("Show a code")
    resident.expect_page("Your code for this call", "Your code for this call")
    assert "Only read this out if you rang us on" in main_text(resident)
    check(desk, "They read out a code from their account page")
    desk.press("Check the code")
    desk.expect_page(f"Error: {SHOWN}", SHOWN)
    desk.fill("Code", code_of(main_text(resident)))
    desk.press("Check the code")
    assert "Owner of the account" in main_text(desk)
    _read_what_happened(desk, helping, person)
    _say_who_else_is_there(desk)
    desk.open(helping)
    desk.press("I have finished helping")

    resident.open(f"{served.issuer}/account/history")
    assert "Our staff checked that they talk to you, by Support, Contact centre" in main_text(
        resident
    )
    assert "Vera" not in main_text(resident)


def _read_what_happened(desk: Visitor, helping: str, person: Person) -> None:
    desk.open(f"{helping}/timeline")
    assert "Sent, and has not come back" in main_text(desk)
    assert person.address not in main_text(desk)


def _say_who_else_is_there(desk: Visitor) -> None:
    desk.press(OTHERS, "link")
    desk.page.get_by_role("checkbox").first.evaluate("box => { box.value = 'cat'; }")
    desk.page.get_by_role("checkbox").first.check()
    desk.press("Save")
    desk.expect_page(f"Error: {OTHERS}", OTHERS)
    desk.page.get_by_label("An interpreter", exact=True).check()
    desk.press("Save")
    desk.press(RING, "link")
    desk.expect_page(RING, RING)
    assert "no number that you may ring back" in main_text(desk)


def test_a_caller_is_known_at_a_counter_and_looks_are_kept_back(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    Keys.phone(resident)
    sign_up_with_passkey(resident, served, services, person)
    resident.expect_page(SHARING, SHARING)
    desk = at_a_desk(new_visitor(narrow=True), served, "support_lead")

    desk.press(KEPT, "link")
    desk.press(ASK)
    desk.press("Ask a second person")
    desk.expect_page(f"Error: {ASK}", ASK)
    until = localdate() + timedelta(days=30)
    desk.fill("Account number, email address or sign-in name", person.address)
    for part, value in (("Day", until.day), ("Month", until.month), ("Year", until.year)):
        desk.fill(part, str(value))
    desk.fill("Case reference", "INV-1")
    desk.press("Ask a second person")
    assert "Waits for a second person" in main_text(desk)

    auditor = at_a_desk(new_visitor(), served, "auditor")
    auditor.press(KEPT, "link")
    auditor.follow_first("Decide")
    auditor.press("Continue")
    auditor.expect_page(f"Error: {DECIDE}", DECIDE)
    auditor.choose("Agree: the person sees it later")
    auditor.press("Continue")
    assert "In force" in main_text(auditor)
    auditor.follow_first("Decide")
    auditor.expect_page("End this now", "End this now")

    help_with(desk, served, person.address, "At a counter, in person")
    check(desk, "They show me at the counter who they are")
    desk.press("Compare")
    desk.expect_page(f"Error: {PAPERS}", PAPERS)
    desk.choose("A passport, driving licence or other identity card with a photo of them")
    desk.fill("Full name, as it stands there", person.name.upper())
    desk.press("Compare")
    assert "in person, at a counter" in main_text(desk)

    resident.open(f"{served.issuer}/account/history")
    told = main_text(resident)
    assert "Our staff checked that they talk to you, by Support lead, Contact centre" in told
    assert "Looked at by our staff" not in told
    auditor.press("End it")
    resident.open(f"{served.issuer}/account/history")
    assert "Looked at by our staff, by Support lead, Contact centre" in main_text(resident)
