"""Seeing which services one shares with, and changing one's mind."""

import time

from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE, NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, run_command
from tests.serving.services import Services

# As if the service had claimed it: only its server can.
_LINK = """
from accounts.models import EmailAddress
from clients.models import Application
from tests import factories
account = EmailAddress.objects.get(address="{address}").account
factories.claimed(Application.objects.get(slug="{service}"), account, "{address}")
"""


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
    resident.press("Council Tax", "link")
    resident.expect_page("Council Tax", "Council Tax")
    resident.press("See what Council Tax was given", "link")
    resident.expect_page("What Council Tax was given", "What Council Tax was given")
    ledger = resident.page.get_by_role("main")
    expect(ledger).to_contain_text("That it is you: a number only this service gets")
    expect(ledger).to_contain_text("Email address")
    resident.press("Back", "link")
    separate_what_was_linked(resident, served, person)
    question = "Stop signing in to Council Tax with this account"
    resident.press(question, "link")
    resident.expect_page(question, question)
    resident.press("Stop signing in")
    stopped = "You stopped signing in to Council Tax with this account"
    resident.expect_page(stopped, stopped)
    look_until_told(resident)
    expect(ledger).to_contain_text("Delivered on")
    resident.press("See what Council Tax was given", "link")
    expect(ledger).to_contain_text("Email address")

    resident.open(services.council_tax)
    resident.expect_heading("You are signed out")
    told = resident.page.get_by_role("table")
    expect(told).to_contain_text("Somebody stopped sharing with us")
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_heading("Continue to Council Tax")
    resident.press("Continue")
    resident.expect_heading("Share your details with Council Tax")


def link_earlier_account(served: Served, person: Person, service: str) -> None:
    """Link one that is called like their address, as if the service had proved it."""
    script = _LINK.format(address=person.address, service=service)
    run_command(served.environment, "shell", "--no-imports", "-c", script)


def separate_what_was_linked(resident: Visitor, served: Served, person: Person) -> None:
    """Take the account that the service once knew them by from theirs again."""
    link_earlier_account(served, person, "council-tax")
    resident.page.reload()
    expect(resident.page.get_by_role("main")).to_contain_text("Your earlier account with")
    resident.press(f"Separate {person.address}", "link")
    question = "Separate your earlier account with Council Tax"
    resident.expect_page(question, question)
    resident.press("Separate it")
    resident.expect_page("Council Tax", "Council Tax")
    expect(resident.page.get_by_role("main")).not_to_contain_text("earlier account")


def look_until_told(resident: Visitor) -> None:
    """Load the page anew, as it offers, until nothing is on its way to the service."""
    again = resident.page.get_by_role("link", name="Look again")
    deadline = time.monotonic() + PATIENCE / 1000
    while again.count():
        assert time.monotonic() < deadline, "something stayed on its way"
        resident.page.reload()


def test_a_service_is_blocked_and_unblocked_where_it_asks_again(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/account/services")
    resident.press("Riverside Community Hub", "link")
    resident.press("Block Riverside Community Hub", "link")
    resident.expect_page("Block Riverside Community Hub", "Block Riverside Community Hub")
    resident.press("Block Riverside Community Hub")
    resident.expect_page("What you blocked", "What you blocked")
    blocked = resident.page.get_by_role("main")
    expect(blocked).to_contain_text("Riverside Community Hub")

    question = "You blocked Riverside Community Hub"
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Continue")
    resident.expect_page(question, question)
    resident.press("Return to Riverside Community Hub")
    assert not resident.on_provider()
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Continue")
    resident.expect_page(question, question)
    resident.press("Unblock Riverside Community Hub")
    resident.expect_heading("Share your details with Riverside Community Hub")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    resident.open(f"{served.issuer}/account/blocked-services")
    expect(blocked).to_contain_text("Nothing in this list is blocked.")


def test_another_service_is_begun_from_the_list(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/account/services")
    resident.press("Other services you can sign in to", "link")
    title = "Services you can sign in to"
    resident.expect_page(title, title)
    expect(resident.page.get_by_role("main")).not_to_contain_text("Council Tax")
    resident.press("Riverside Community Hub", "link")
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
