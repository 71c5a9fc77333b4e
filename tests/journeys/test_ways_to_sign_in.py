"""A resident gathers ways to sign in, uses each of them, and may not take one away too soon."""

import re
import time

import pyotp
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

WAYS = "Ways to sign in"
APP_PAGE = "Add an app that shows codes"
APP_STEP = "Type the code from your app"
BY_POST = "A new sheet of codes by post"
SHEET_STEP = "Type a code from your printed sheet"
NEW_PASSWORD = "lantern-meadow-biscuit-27"


def test_each_way_is_added_and_used(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account/ways-to-sign-in")
    app = _add_app(resident)
    sheet = _add_sheet(resident)
    _ask_for_another_by_post(resident)
    codes = _get_recovery_codes(resident)
    _name_app(resident)
    _want_sheet_too_soon(resident)

    tablet = new_visitor()
    _first_step(tablet, served, person)
    _use_app(tablet, app)
    phone = new_visitor(narrow=True)
    _first_step(phone, served, person)
    _use_sheet(phone, sheet)
    stranger = new_visitor()
    _first_step(stranger, served, person)
    _use_recovery_code(stranger, codes)

    _change_password(resident)
    _try_to_remove_app(resident)
    tablet.open(f"{served.issuer}/account")
    tablet.expect_heading("Sign in to Borough Login")


def _add_app(resident: Visitor) -> pyotp.TOTP:
    resident.press("An app that shows codes", "link")
    resident.expect_page(APP_PAGE, APP_PAGE)
    resident.press("Add the app")
    resident.expect_page(f"Error: {APP_PAGE}", APP_PAGE)
    secret = resident.page.locator("#app-key").inner_text()
    app = pyotp.TOTP(secret.replace(" ", ""))
    resident.fill("Code that the app shows", app.now())
    resident.press("Add the app")
    resident.expect_page(WAYS, WAYS)
    return app


def _add_sheet(resident: Visitor) -> list[str]:
    resident.press("A printed sheet of codes", "link")
    resident.expect_page("Your sheet of codes", "Your sheet of codes")
    codes = resident.page.locator(".borough-sheet__codes li").all_inner_texts()
    resident.press("I have the sheet on paper")
    resident.expect_page("Type one code from the paper", "Type one code from the paper")
    resident.press("Add the sheet")
    resident.expect_page("Error: Type one code from the paper", "Type one code from the paper")
    _type_sheet_code(resident, codes)
    resident.press("Add the sheet")
    resident.expect_page(WAYS, WAYS)
    return codes


def _want_sheet_too_soon(resident: Visitor) -> None:
    resident.open(f"{resident.issuer}/account/ways-to-sign-in/code-sheet/post")
    resident.expect_page("A new sheet of codes by post", "A new sheet of codes by post")
    resident.press("Back to ways to sign in")
    resident.expect_page(WAYS, WAYS)


def _ask_for_another_by_post(resident: Visitor) -> None:
    resident.open(f"{resident.issuer}/account/ways-to-sign-in/code-sheet/post")
    resident.expect_page(BY_POST, BY_POST)
    expect(resident.page.get_by_text("has ten codes left")).to_be_visible()
    resident.press("Back to ways to sign in")
    resident.expect_page(WAYS, WAYS)


def _type_sheet_code(visitor: Visitor, codes: list[str]) -> None:
    label = visitor.page.get_by_text(re.compile(r"^\s*Code \d+ of sheet [A-Z]{3}\s*$")).inner_text()
    number = int(label.split()[1])
    visitor.fill(label.strip(), codes[number - 1])


def _get_recovery_codes(resident: Visitor) -> list[str]:
    resident.press("Get recovery codes", "link")
    resident.expect_page("Recovery codes", "Recovery codes")
    resident.press("Show my ten codes")
    resident.expect_page("Your recovery codes", "Your recovery codes")
    codes = resident.page.locator(".borough-codes li").all_inner_texts()
    resident.press("I have kept them")
    return codes


def _name_app(resident: Visitor) -> None:
    resident.follow("Change name App that shows codes")
    resident.expect_page("Change a name", "Change a name")
    resident.fill("A name for it", "")
    resident.press("Save")
    resident.expect_page("Error: Change a name", "Change a name")
    resident.fill("A name for it", "Blue phone")
    resident.press("Save")
    resident.expect_page(WAYS, WAYS)


def _first_step(visitor: Visitor, served: Served, person: Person) -> None:
    visitor.open(f"{served.issuer}/account")
    sign_in(visitor, person.address, person.password)


def _use_app(visitor: Visitor, app: pyotp.TOTP) -> None:
    if visitor.page.title().startswith(SHEET_STEP):
        visitor.press("Use a code from your app", "link")
    visitor.expect_page(APP_STEP, APP_STEP)
    visitor.press("Continue")
    visitor.expect_page(f"Error: {APP_STEP}", APP_STEP)
    # The code that added the app was used: the next one is at most half a minute away, and
    # counts that much ahead.
    visitor.fill("Code from your app", app.at(int(time.time()) + 30))
    visitor.press("Continue")
    visitor.expect_heading("Your account")


def _use_sheet(visitor: Visitor, codes: list[str]) -> None:
    if visitor.page.title().startswith(APP_STEP):
        visitor.press("Use your printed sheet of codes", "link")
    visitor.expect_page(SHEET_STEP, SHEET_STEP)
    visitor.press("Continue")
    visitor.expect_page(f"Error: {SHEET_STEP}", SHEET_STEP)
    _type_sheet_code(visitor, codes)
    visitor.press("Continue")
    visitor.expect_heading("Your account")


def _use_recovery_code(visitor: Visitor, codes: list[str]) -> None:
    visitor.press("Use a recovery code", "link")
    visitor.expect_page("Type a recovery code", "Type a recovery code")
    visitor.press("Continue")
    visitor.expect_page("Error: Type a recovery code", "Type a recovery code")
    visitor.fill("Recovery code", codes[3].lower())
    visitor.press("Continue")
    visitor.expect_heading("Your account")
    visitor.open(f"{visitor.issuer}/account/ways-to-sign-in")
    visitor.press("A printed sheet of codes", "link")
    title = "Sign in another way to change this"
    visitor.expect_page(title, title)


def _change_password(resident: Visitor) -> None:
    resident.open(f"{resident.issuer}/account/ways-to-sign-in")
    resident.press("Change password", "link")
    resident.expect_page("Change your password", "Change your password")
    resident.fill("New password", "short")
    resident.press("Save the password")
    resident.expect_page("Error: Change your password", "Change your password")
    for label in ("Password that you have now", "New password"):
        if resident.page.get_by_label(label, exact=True).count():
            resident.fill(label, NEW_PASSWORD if label == "New password" else Person.password)
    resident.press("Save the password")
    resident.expect_page(WAYS, WAYS)


def _try_to_remove_app(resident: Visitor) -> None:
    resident.follow("Remove App that shows codes: Blue phone")
    resident.expect_page("Remove a way to sign in", "Remove a way to sign in")
    expect(resident.page.get_by_text("added less than 24 hours ago")).to_be_visible()
    resident.press("Back to ways to sign in")
    resident.expect_page(WAYS, WAYS)
