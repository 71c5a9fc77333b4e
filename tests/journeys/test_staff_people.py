"""A support lead finds somebody by name, undoes a death, protects them and answers a complaint."""

from uuid import uuid4

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person, create_account
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services

NAME = "Quintessa Marrowbane"
SEARCH = "Search by name"
WHOM = "Whom are you looking for?"
DIED = "Somebody has died"
HELD = "The account is held after a death"


def test_people(new_visitor: NewVisitor, served: Served, services: Services) -> None:
    resident = new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, Person(name=NAME))
    _complain(resident, served)
    desk = _lead(new_visitor, served)
    _answer_complaint(desk, served)
    _find(desk, served)
    person = desk.page.url
    _know(desk, person)
    _die_and_come_back(desk, person)
    _hand_over(desk, person)
    _protect(desk, person)


def _lead(new_visitor: NewVisitor, served: Served) -> Visitor:
    desk = new_visitor(narrow=True)
    Keys.phone(desk)
    address = f"lead.{uuid4().hex[:8]}@council.example"
    made = served.manage("staff", "make", address, "--name", "Lena Lead", "--team", "Counter")
    desk.open(link_in(served.outbox.wait_for_mail(address)))
    desk.press("Add my key")
    served.manage("staff", "grant", made["account"], "support_lead")
    return desk


def _complain(resident: Visitor, served: Served) -> None:
    resident.open(f"{served.issuer}/account/complaints/new")
    resident.choose("How you use or keep what you know about me")
    resident.fill("Tell us what happened, and what would put it right", "Somebody looked")
    resident.press("Send")


def _answer_complaint(desk: Visitor, served: Served) -> None:
    desk.open(f"{served.issuer}/staff")
    desk.press("Complaints", "link")
    desk.expect_page("Complaints", "Complaints")
    desk.page.locator("main a[href*='/staff/complaints/']").first.click()
    desk.look_again()
    desk.press("Send the answer")
    assert desk.page.title().startswith("Error: Complaint")
    desk.choose("We agree with part of it")
    desk.fill("The answer, as the person reads it", "We have asked them why.")
    desk.press("Send the answer")
    desk.expect_page("Complaints", "Complaints")


def _find(desk: Visitor, served: Served) -> None:
    desk.open(f"{served.issuer}/staff")
    desk.press(SEARCH, "link")
    desk.expect_page(SEARCH, SEARCH)
    desk.press("Continue")
    desk.expect_page(f"Error: {SEARCH}", SEARCH)
    desk.choose("I have seen their passport")
    desk.choose("At a counter, in person")
    desk.choose("They cannot sign in")
    desk.press("Continue")
    desk.expect_page(WHOM, WHOM)
    desk.fill("Name", "Quintessa")
    desk.press("Search")
    desk.expect_page(f"Error: {WHOM}", WHOM)
    desk.fill("Name", "marrowbane quintessa")
    desk.press("Search")
    desk.page.get_by_role("button", name="Go on with this one").first.click()
    desk.look_again()
    desk.expect_heading("Why they are stuck")


def _know(desk: Visitor, person: str) -> None:
    desk.open(f"{person}/know/counter")
    desk.page.get_by_role("radio").first.check()
    desk.fill("Full name, as it stands there", NAME)
    desk.press("Compare")


def _die_and_come_back(desk: Visitor, person: str) -> None:
    desk.open(f"{person}/acts")
    desk.press(DIED, "link")
    desk.expect_page(DIED, DIED)
    desk.press("Hold the account")
    desk.expect_page(f"Error: {DIED}", DIED)
    desk.choose("A relative or somebody else has told us, and shown nothing")
    desk.press("Hold the account")
    desk.expect_page(HELD, HELD)
    desk.press("A support lead decides it, as for the wrong account", "link")
    desk.open(f"{person}/death")
    desk.press("The owner is at the counter and has shown who they are", "link")
    desk.press("Give the account back")
    desk.expect_page(DIED, DIED)


def _hand_over(desk: Visitor, person: str) -> None:
    desk.open(f"{person}/acts")
    desk.press("Keys that we lend", "link")
    desk.expect_page("Keys that we lend", "Keys that we lend")
    desk.open(f"{person}/acts")
    desk.press("Letters", "link")
    desk.expect_page("Letters", "Letters")


def _protect(desk: Visitor, person: str) -> None:
    desk.open(f"{person}/acts")
    desk.press("Protect this account", "link")
    desk.fill("Day", "31")
    desk.press("Protect the account")
    desk.expect_page("Error: Protect this account", "Protect this account")
    desk.fill("Day", "")
    desk.press("Protect the account")
    desk.expect_page("This account is protected", "This account is protected")
    desk.press("End the protection")
    desk.expect_page("Protect this account", "Protect this account")
