"""A resident moves to a new email address; whoever reads the old one can still raise the alarm."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import code_in, link_in
from tests.serving.provider import Served
from tests.serving.services import Services

NEW = "Check your new email"
OLD = "Check your old email"
CONFIRMED = "Confirmed: go back to the page where you started"


def with_account(visitor: Visitor, served: Served, services: Services, person: Person) -> None:
    """Make an account, and open its email addresses."""
    create_account(visitor, served, services.council_tax, person)
    served.outbox.wait_for_mail(person.address)
    visitor.open(f"{served.issuer}/account/emails")
    visitor.expect_heading("Your email addresses")


def ask_for(visitor: Visitor, address: str) -> None:
    """Ask for another main address, to sign in with too."""
    visitor.press("Change main email address", "link")
    visitor.fill("New email address", address)
    visitor.choose("Yes, sign in with the new address")
    visitor.press("Continue")
    visitor.expect_page(NEW, NEW)


def type_code(visitor: Visitor, served: Served, address: str) -> None:
    """Type the code that was mailed to the address."""
    visitor.fill("Code", code_in(served.outbox.wait_for_mail(address)), mailed=True)
    visitor.press("Continue")


def test_a_change_is_confirmed_at_both_and_the_old_address_can_freeze_the_account(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, moved, resident = Person(), Person(), new_visitor()
    with_account(resident, served, services, person)
    resident.press("Change main email address", "link")
    resident.press("Continue")
    resident.expect_page("Error: Change your main email address", "Change your main email address")
    resident.fill("New email address", moved.address)
    resident.choose("Yes, sign in with the new address")
    resident.press("Continue")
    resident.press("Continue")
    resident.expect_page(f"Error: {NEW}", NEW)
    type_code(resident, served, moved.address)
    resident.expect_page(OLD, OLD)
    type_code(resident, served, person.address)
    resident.expect_heading("Your email addresses")
    assert moved.address in resident.page.get_by_role("main").inner_text()
    assert person.address not in resident.page.get_by_role("main").inner_text()

    elsewhere = new_visitor(narrow=True)
    elsewhere.open(f"{served.issuer}/account")
    sign_in(elsewhere, moved.address, person.password)
    elsewhere.expect_heading("Your account")

    alarm = served.outbox.wait_for_mail(person.address)
    assert alarm["Subject"] == "This email address was removed from your account"
    reader = new_visitor(narrow=True)
    reader.open(link_in(alarm))
    reader.press("Freeze the account")
    reader.expect_page("We will look at what happened", "We will look at what happened")
    elsewhere.open(f"{served.issuer}/account")
    elsewhere.expect_heading("Sign in to Borough Login")


def test_links_confirm_as_well_and_the_owner_brings_it_about(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, moved, resident, phone = Person(), Person(), new_visitor(), new_visitor(narrow=True)
    with_account(resident, served, services, person)
    ask_for(resident, moved.address)
    phone.open(link_in(served.outbox.wait_for_mail(moved.address)))
    phone.press("Yes, confirm my email address")
    phone.expect_page(CONFIRMED, CONFIRMED)
    resident.wait_for_heading(OLD)
    phone.open(link_in(served.outbox.wait_for_mail(person.address)))
    phone.expect_heading("Do you want to change your email address?")
    phone.press("Yes, I want to change it")
    resident.wait_for_heading("Use the new email address")
    resident.press("Use this address now")
    resident.expect_heading("Your email addresses")


def test_where_the_old_address_is_lost_the_change_waits_and_can_be_stopped(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, moved, resident = Person(), Person(), new_visitor(narrow=True)
    with_account(resident, served, services, person)
    ask_for(resident, moved.address)
    type_code(resident, served, moved.address)
    served.outbox.wait_for_mail(person.address)
    resident.press("I can no longer read this address", "link")
    resident.press("Wait, then change it")
    title = "You can change your email address soon"
    resident.expect_page(title, title)

    reader = new_visitor()
    reader.open(link_in(served.outbox.wait_for_mail(person.address)))
    reader.press("Stop this change")
    reader.expect_page("We stopped the change", "We stopped the change")
    resident.open(f"{served.issuer}/account/emails")
    resident.expect_heading("Sign in to Borough Login")


def test_an_address_more_becomes_the_main_one_and_another_is_removed(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, second, resident = Person(), Person(), new_visitor(narrow=True)
    with_account(resident, served, services, person)
    resident.press("Add another email address")
    resident.press("Continue")
    resident.expect_page("Error: Add an email address", "Add an email address")
    resident.fill("New email address", second.address)
    resident.press("Continue")
    type_code(resident, served, second.address)
    resident.press(f"Make main {second.address}", "link")
    resident.press("Send the code")
    resident.press("Your email addresses", "link")
    resident.press("Cancel this change")
    resident.press(f"Remove {second.address}", "link")
    resident.press("Remove email address")
    resident.expect_heading("Your email addresses")
    assert second.address not in resident.page.get_by_role("main").inner_text()
