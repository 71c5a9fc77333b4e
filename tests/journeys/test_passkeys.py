"""Passkeys and security keys in a real browser: making them, and signing in by them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person, ask_for_account, create_account, sign_in, type_code
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

BY_PASSKEY = "use a passkey instead of a password"
SHARING = "Share your details with Council Tax"


def sign_up_with_passkey(
    visitor: Visitor, served: Served, services: Services, person: Person
) -> None:
    """Go from Council Tax to its sharing page with a new account that has no password."""
    ask_for_account(visitor, services.council_tax, person)
    type_code(visitor, served, person)
    visitor.press(BY_PASSKEY, "link")
    visitor.expect_page("Your name and passkey", "Your name and passkey")
    visitor.fill("Full name", person.name)
    visitor.press("Create account with a passkey")
    visitor.expect_page(SHARING, SHARING)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_passkey_makes_an_account_and_the_name_field_signs_it_in(
    new_visitor: NewVisitor, served: Served, services: Services, *, narrow: bool
) -> None:
    person, resident = Person(), new_visitor(narrow=narrow)
    phone = Keys.phone(resident)
    sign_up_with_passkey(resident, served, services, person)
    [kept] = phone.kept()
    assert kept["isResidentCredential"]
    assert kept["userName"] == person.address
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")

    sign_out(resident, served)
    # Chromium's virtual phone picks what the name field offers, unless it cannot be unlocked.
    phone.unlock(succeeds=False)
    resident.open(f"{served.issuer}/sign-in")
    resident.expect_page("Sign in to Borough Login", "Sign in to Borough Login")
    # The page left behind still asks the phone: unlocked there, its answer would race the visit.
    resident.open(f"{served.issuer}/help")
    phone.unlock(succeeds=True)
    resident.page.goto(f"{served.issuer}/sign-in", wait_until="commit")
    resident.wait_for_heading("Your account")


def test_a_passkey_is_made_with_an_error_on_the_way_and_a_neutral_name(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    phone = Keys.phone(resident)
    ask_for_account(resident, services.council_tax, person)
    type_code(resident, served, person)
    resident.press(BY_PASSKEY, "link")
    resident.press("Create account with a passkey")
    resident.expect_page("Error: Your name and passkey", "Your name and passkey")
    phone.unlock(succeeds=False)
    resident.fill("Full name", person.name)
    resident.page.get_by_label("Store it without my name").check()
    resident.page.get_by_role("button", name="Create account with a passkey").click()
    expect(resident.page.get_by_role("status")).to_contain_text("Nothing was done")
    phone.unlock(succeeds=True)
    resident.press("Create account with a passkey")
    resident.expect_page(SHARING, SHARING)
    assert person.name not in str(phone.kept())
    assert person.address not in str(phone.kept())


def test_without_scripts_a_password_is_the_way(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(scripts=False)
    ask_for_account(resident, services.council_tax, person)
    type_code(resident, served, person)
    expect(resident.page.get_by_text(BY_PASSKEY)).to_be_hidden()
    resident.open(resident.page.url.replace("/details", "/passkey"))
    expect(resident.page.get_by_text("This does not work in this browser")).to_be_visible()
    resident.press("Use a password instead", "link")
    resident.expect_page("Your name and password", "Your name and password")


def test_keys_are_added_to_an_account_and_asked_for_after_its_password(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    Keys.security_key(resident)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account/ways-to-sign-in/security-key")
    resident.expect_page("Add a security key", "Add a security key")
    resident.press("Use my security key")
    resident.expect_page("Error: Add a security key", "Add a security key")
    resident.fill("A name for it", "Blue key")
    resident.press("Use my security key")
    resident.expect_heading("Ways to sign in")
    sign_out(resident, served)

    resident.open(f"{served.issuer}/sign-in")
    sign_in(resident, person.address, person.password)
    resident.expect_page("Use your security key", "Use your security key")
    find_no_question(resident)
    resident.press("Use my security key")
    resident.expect_page("Error: Use your security key", "Use your security key")
    resident.press("Use my security key")
    resident.expect_heading("Your account")


def test_a_passkey_is_added_and_asked_for_where_nothing_less_will_do(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    phone = Keys.phone(resident)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account/ways-to-sign-in/passkey")
    resident.expect_page("Add a passkey", "Add a passkey")
    resident.fill("A name for it", "")
    resident.press("Create a passkey")
    resident.expect_page("Error: Add a passkey", "Add a passkey")
    resident.fill("A name for it", "My phone")
    resident.press("Create a passkey")
    resident.expect_heading("Ways to sign in")
    sign_out(resident, served)

    phone.unlock(succeeds=False)
    resident.open(f"{served.issuer}/sign-in?return_to=/account/ways-to-sign-in/passkey")
    sign_in(resident, person.address, person.password)
    resident.expect_page("Sign in to Borough Login", "Sign in to Borough Login")
    sign_in(resident, person.address, person.password)
    resident.expect_page("Use your passkey", "Use your passkey")
    find_no_question(resident)
    resident.press("Use my passkey")
    resident.expect_page("Error: Use your passkey", "Use your passkey")
    phone.unlock(succeeds=True)
    resident.press("Use my passkey")
    resident.expect_page("Add a passkey", "Add a passkey")


def sign_out(visitor: Visitor, served: Served) -> None:
    """Sign out from the account's page."""
    visitor.open(f"{served.issuer}/sign-out")
    visitor.press("Sign out")


def find_no_question(visitor: Visitor) -> None:
    """Let the page's script find nothing to ask, so that its form goes without an answer."""
    visitor.page.evaluate(
        "document.querySelector('input[data-passkey]').dataset.options = '/no-such-page'"
    )
