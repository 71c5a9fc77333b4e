"""A resident tells us of themselves, one thing on a page, and takes it back."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, run_command
from tests.serving.services import Services

# As if the number had been there for longer than a year.
_LONG_AGO = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Phone
Phone.objects.update(changed_at=timezone.now() - timedelta(days=400))
"""


def resident_of(new_visitor: NewVisitor, served: Served, services: Services) -> Visitor:
    """Return somebody with an account whose page is open."""
    resident, person = new_visitor(narrow=True), Person()
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account")
    return resident


def test_name_and_date_of_birth(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = resident_of(new_visitor, served, services)
    resident.press("Change name", "link")
    resident.fill("Full name", "")
    resident.press("Save")
    resident.expect_page("Error: Your name", "Your name")
    resident.fill("Full name", "Amara Okafor-Reid")
    resident.press("Save")
    resident.expect_page("Your former name", "Your former name")
    resident.press("Save")
    resident.expect_page("Error: Your former name", "Your former name")
    resident.choose("Yes, show it to them")
    resident.press("Save")
    assert "Services see it" in resident.page.get_by_role("main").inner_text()

    resident.press("Add date of birth", "link")
    resident.fill("Day", "31")
    resident.press("Save")
    resident.expect_page("Error: Your date of birth", "Your date of birth")
    resident.fill("Month", "3")
    resident.fill("Year", "1980")
    resident.press("Save")
    assert "31 March 1980" in resident.page.get_by_role("main").inner_text()
    resident.press("Change date of birth", "link")
    resident.press("Remove my date of birth", "link")
    resident.press("Remove date of birth")
    resident.expect_heading("Your account")


def test_a_language_for_this_browser_and_one_for_the_account(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    visitor, title = new_visitor(narrow=True), "Choose a language"
    visitor.open(f"{served.issuer}/help/contact")
    visitor.press("Language", "link")
    visitor.expect_page(title, title)
    visitor.leave_unanswered("British English")
    visitor.press("Continue")
    visitor.expect_page(f"Error: {title}", title)
    visitor.choose("Cymraeg")
    visitor.press("Continue")
    visitor.expect_page("Contact us", "Contact us")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "cy")

    resident = resident_of(new_visitor, served, services)
    expect(resident.page.locator("html")).to_have_attribute("lang", "en-gb")
    resident.press("Change language", "link")
    resident.leave_unanswered("British English")
    resident.press("Save")
    resident.expect_page("Error: Your language", "Your language")
    resident.choose("Cymraeg")
    resident.press("Save")
    resident.expect_heading("Your account")
    expect(resident.page.locator("html")).to_have_attribute("lang", "cy")


def test_address_found_typed_and_none(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = resident_of(new_visitor, served, services)
    resident.press("Add address", "link")
    resident.press("Find address")
    resident.expect_page("Error: Find your address", "Find your address")
    resident.fill("Postcode", "zz11aa")
    resident.press("Find address")
    resident.expect_heading("Choose your address")
    resident.press("Use this address")
    resident.expect_page("Error: Choose your address", "Choose your address")
    resident.choose("3 Kingfisher Row, Exampleham")
    resident.press("Use this address")
    assert "3 Kingfisher Row" in resident.page.get_by_role("main").inner_text()
    resident.press("Change address", "link")
    resident.press("Type the address instead", "link")
    resident.fill("Address line 1", "")
    resident.press("Save")
    resident.expect_page("Error: Your address", "Your address")
    resident.press("I have no fixed address", "link")
    resident.press("I have no fixed address")
    assert "No fixed address" in resident.page.get_by_role("main").inner_text()
    resident.press("Change address", "link")
    resident.press("Remove my address", "link")
    resident.press("Remove address")
    resident.expect_heading("Your account")


def test_a_phone_number_is_asked_about_after_a_year(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = resident_of(new_visitor, served, services)
    resident.press("Add phone number", "link")
    resident.press("Save")
    resident.expect_page("Error: Your phone number", "Your phone number")
    resident.fill("Phone number", "020 7946 0018")
    resident.press("Save")
    assert "020 7946 0018" in resident.page.get_by_role("main").inner_text()
    run_command(served.environment, "shell", "--no-imports", "-c", _LONG_AGO)
    resident.open(f"{served.issuer}/account")
    resident.press("Is it still yours?", "link")
    resident.press("Yes, it is mine")
    resident.expect_heading("Your account")
    resident.press("Change phone number", "link")
    resident.press("Remove my phone number", "link")
    resident.press("Remove phone number")
    resident.expect_heading("Your account")
