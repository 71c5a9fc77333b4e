"""Somebody of the staff prints a start code, and a resident begins with it, alone, at a service."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, type_code
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services

LIST = "Start codes"
PRINT = "Print a start code"
BEGIN = "Begin with your start code"
NAME = "Quillon Featherstone"


def test_start_code(new_visitor: NewVisitor, served: Served, services: Services) -> None:
    desk = _agent(new_visitor, served)
    code = _printed(desk, served)
    resident = new_visitor(narrow=True)
    _begin(resident, served, services, code)
    _spent(new_visitor(), served, code)
    _ended(desk, new_visitor(), served)


def _agent(new_visitor: NewVisitor, served: Served) -> Visitor:
    desk = new_visitor(narrow=True)
    Keys.phone(desk)
    address = f"agent.{uuid4().hex[:8]}@council.example"
    made = served.manage("staff", "make", address, "--name", "Ada Agent", "--team", "Counter")
    desk.open(link_in(served.outbox.wait_for_mail(address)))
    desk.press("Add my key")
    served.manage("staff", "grant", made["account"], "support")
    return desk


def _printed(desk: Visitor, served: Served) -> str:
    desk.open(f"{served.issuer}/staff/help")
    desk.press(PRINT, "link")
    desk.expect_page(LIST, LIST)
    desk.press("Find")
    desk.expect_page(f"Error: {LIST}", LIST)
    desk.press(PRINT)
    desk.expect_page(PRINT, PRINT)
    desk.press("Show the sheet")
    desk.expect_page(f"Error: {PRINT}", PRINT)
    desk.choose("They have no phone or computer with them")
    desk.choose("A passport, driving licence or other identity card with a photo of them")
    desk.fill("Full name, as it stands there", NAME)
    for part, value in (("Day", "31"), ("Month", "3"), ("Year", "1980")):
        desk.fill(part, value)
    desk.press("Show the sheet")
    return _code(desk)


def _code(desk: Visitor) -> str:
    desk.expect_heading("Begin with Borough Login")
    assert NAME not in desk.page.get_by_role("main").inner_text()
    return desk.page.get_by_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$")).inner_text()


def _begin(resident: Visitor, served: Served, services: Services, code: str) -> None:
    person = Person(name=NAME)
    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Create an account", "link")
    resident.press("I have a start code", "link")
    resident.expect_page(BEGIN, BEGIN)
    resident.fill("Start code", "CDFG HJKM NPQR")
    resident.press("Continue")
    resident.expect_page(f"Error: {BEGIN}", BEGIN)
    resident.fill("Start code", code.lower())
    resident.press("Continue")
    resident.fill("Email address", person.address)
    resident.press("Continue")
    type_code(resident, served, person)
    heading = "Your date of birth and password"
    resident.expect_page(heading, heading)
    resident.fill("Create a password", person.password)
    for part, value in (("Day", "30"), ("Month", "3"), ("Year", "1980")):
        resident.fill(part, value)
    resident.press("Create account")
    resident.expect_page(f"Error: {heading}", heading)
    resident.fill("Create a password", person.password)
    resident.fill("Day", "31")
    resident.press("Create account")
    resident.press("Share and continue")
    expect(resident.page.get_by_text(NAME).first).to_be_visible()
    resident.open(f"{served.issuer}/account/history")
    told = "Account begun with a code that we printed, by Support, Counter"
    expect(resident.page.get_by_text(told).first).to_be_visible()


def _spent(stranger: Visitor, served: Served, code: str) -> None:
    stranger.open(f"{served.issuer}/start")
    stranger.fill("Start code", code)
    stranger.press("Continue")
    stranger.expect_page(f"Error: {BEGIN}", BEGIN)


def _ended(desk: Visitor, stranger: Visitor, served: Served) -> None:
    desk.press("I have handed it over", "link")
    desk.expect_page(LIST, LIST)
    desk.press(PRINT)
    desk.choose("They want to do it in their own time")
    desk.choose("No papers")
    desk.press("Show the sheet")
    code = _code(desk)
    desk.press("I have handed it over", "link")
    desk.follow_first("Cancel or print again")
    title = "A sheet with a start code"
    desk.expect_page(title, title)
    desk.press("Continue")
    desk.expect_page(f"Error: {title}", title)
    desk.choose("Cancel this sheet")
    desk.press("Continue")
    desk.expect_page(LIST, LIST)
    _spent(stranger, served, code)
    desk.open(f"{served.issuer}/start")
    desk.expect_heading("You cannot use a start code here")
