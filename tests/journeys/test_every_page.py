"""No page escapes axe: whatever the journeys left out is visited here, and the rest is counted."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.ledger import Ledger
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, ask_for_account, type_code
from tests.serving.provider import Served
from tests.serving.services import Services

SIGN_UP = "Create an account to use Council Tax"


def test_every_page_of_a_sign_up_says_what_is_wrong(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Sign in")
    resident.expect_page("Error: Sign in to Council Tax", "Sign in to Council Tax")
    resident.press("Create an account", "link")
    resident.press("Continue")
    resident.expect_page(f"Error: {SIGN_UP}", SIGN_UP)
    ask_for_account(resident, services.council_tax, person)
    resident.press("Continue")
    resident.expect_page("Error: Check your email", "Check your email")
    type_code(resident, served, person)
    resident.press("Create account")
    resident.expect_page("Error: Your name and password", "Your name and password")


def test_a_request_that_cannot_be_accepted_gets_a_page(
    new_visitor: NewVisitor, served: Served
) -> None:
    resident = new_visitor(narrow=True)
    resident.open(f"{served.issuer}/authorize?client_id=unknown")
    title = "There is a problem with the service you came from"
    resident.expect_page(title, title)
    resident.open(f"{served.issuer}/no-such-page")
    resident.expect_page("Page not found", "Page not found")
    resident.open(f"{served.issuer}/authorize/continue?request=unknown")
    resident.expect_page("We cannot find this sign-in", "We cannot find this sign-in")
    resident.open(f"{served.issuer}/logout/continue?wish=unknown")
    resident.expect_page("You are signed out", "You are signed out")


def test_no_page_escaped(ledger: Ledger) -> None:
    assert ledger.missing() == []
