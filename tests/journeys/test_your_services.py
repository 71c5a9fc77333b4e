"""Seeing which services one shares with, and changing one's mind."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account
from tests.serving.provider import Served
from tests.serving.services import Services


def test_sharing_is_stopped_on_the_account_and_asked_for_again_at_the_service(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/")
    resident.expect_page("Your account", "Your account")
    resident.press("Your services", "link")
    resident.expect_page("Your services", "Your services")
    resident.press("See what Council Tax was given", "link")
    resident.expect_page("What Council Tax was given", "What Council Tax was given")
    ledger = resident.page.get_by_role("main")
    expect(ledger).to_contain_text("That it is you: a number only this service gets")
    expect(ledger).to_contain_text("Email address")
    resident.press("Back", "link")
    resident.press("Stop sharing with Council Tax", "link")
    question = "Stop sharing your details with Council Tax"
    resident.expect_page(question, question)
    resident.press("Stop sharing")
    resident.expect_heading("Your services")
    done = resident.page.get_by_role("alert")
    expect(done).to_be_focused()
    expect(done).to_contain_text("You stopped sharing your details with Council Tax")
    resident.page.get_by_text("There are no services in this list").wait_for()
    resident.press("See what Council Tax was given", "link")
    expect(ledger).to_contain_text("Email address")

    resident.open(services.council_tax)
    resident.expect_heading("You are signed out")
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_heading("Share your details with Council Tax")
