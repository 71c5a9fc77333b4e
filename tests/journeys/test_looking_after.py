"""Signing up an organisation, inviting a colleague, handing over to them, and being removed."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, give_details, type_code
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served

START = "Let residents sign in to your service"
NEW = "Your organisation and its first application"
INVITED = "You are invited to look after an organisation’s applications"
LOST = "We cannot find this invitation"


def test_a_colleague_is_invited_and_the_organisation_handed_over(
    new_visitor: NewVisitor, served: Served
) -> None:
    ann, bea = Person(), Person(name="Bea Ekpo")
    owner, colleague = new_visitor(), new_visitor(narrow=True)
    _sign_up(owner, served, ann)
    _organisation(owner, f"Riverside Trust {ann.address[6:14]}")
    _look_around(owner)
    owner.press("Members", "link")
    owner.press("Invite somebody")
    owner.press("Send invitation")
    owner.expect_page("Error: Invite somebody", "Invite somebody")
    owner.fill("Email address", bea.address)
    owner.choose("Developer")
    owner.press("Send invitation")
    owner.expect_heading("Members")
    served.outbox.wait_for_mail(bea.address)
    _invite_again(owner, bea)
    link = link_in(served.outbox.wait_for_mail(bea.address))
    _take(colleague, served, bea, link)
    _hand_over(owner, bea)
    colleague.open(f"{served.issuer}/organisations")
    colleague.expect_page("Organisations you look after", "Organisations you look after")
    colleague.open(link)
    colleague.expect_page(LOST, LOST)
    _remove(colleague, served, ann)


def _sign_up(owner: Visitor, served: Served, person: Person) -> None:
    owner.open(f"{served.issuer}/partners")
    owner.expect_page(START, START)
    owner.press("Start now")
    owner.fill("Email address", person.address)
    owner.press("Continue")
    type_code(owner, served, person)
    give_details(owner, person)
    owner.expect_page(NEW, NEW)


def _organisation(owner: Visitor, name: str) -> None:
    owner.press("Create both")
    owner.expect_page(f"Error: {NEW}", NEW)
    owner.fill("Name of your organisation", name)
    owner.fill("Name of the application", "Bin Days")
    owner.fill("Redirect URIs", "http://localhost:9000/callback")
    owner.press("Create both")


def _look_around(owner: Visitor) -> None:
    owner.press("Organisation", "link")
    owner.expect_heading("Organisation")
    owner.press("Give a domain, or a charity or company number", "link")
    owner.press("Continue")
    who = "Show who your organisation is"
    owner.expect_page(f"Error: {who}", who)
    owner.choose("Charity number")
    owner.fill("Domain or number", "1234567")
    owner.press("Continue")
    owner.expect_heading("Charity number: 1234567")
    owner.press("History", "link")
    owner.expect_heading("History")
    expect(owner.page.get_by_role("main")).to_contain_text("Organisation created")


def _invite_again(owner: Visitor, person: Person) -> None:
    owner.follow("Send again or cancel")
    owner.expect_heading(f"Invitation to {person.address}")
    owner.press("Send it again")
    owner.expect_heading("Members")


def _take(colleague: Visitor, served: Served, person: Person, link: str) -> None:
    colleague.open(link)
    colleague.press("Create an account", "link")
    # The address that was invited stands there already.
    colleague.press("Continue")
    type_code(colleague, served, person)
    give_details(colleague, person)
    colleague.expect_page(INVITED, INVITED)
    colleague.press("Become a member")
    colleague.expect_heading("Applications")


def _hand_over(owner: Visitor, to: Person) -> None:
    owner.press("Members", "link")
    owner.press("Leave this organisation", "link")
    owner.press("Leave")
    problem = "make somebody else an owner first"
    expect(owner.page.get_by_role("alert")).to_contain_text(problem)
    owner.press("Back", "link")
    owner.follow("Change")
    owner.expect_heading(f"Role of {to.name}")
    chosen = owner.page.get_by_role("radio", checked=True)
    chosen.evaluate("radio => { radio.checked = false; }")
    owner.press("Save")
    owner.expect_page(f"Error: Role of {to.name}", f"Role of {to.name}")
    owner.press("Make them the owner in your place", "link")
    owner.press("Hand over")
    owner.expect_heading("Members")
    expect(owner.page.get_by_role("main")).not_to_contain_text("Invite somebody")


def _remove(owner: Visitor, served: Served, other: Person) -> None:
    owner.open(f"{served.issuer}/organisations")
    owner.follow("Riverside Trust")
    owner.press("Members", "link")
    owner.follow("Change")
    owner.press("Remove them from the organisation", "link")
    owner.expect_heading(f"Remove {other.name}?")
    owner.press("Remove")
    expect(owner.page.get_by_role("main")).not_to_contain_text(other.name)
