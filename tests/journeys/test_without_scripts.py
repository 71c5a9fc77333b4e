"""Every form that asks for more than a key can be sent where JavaScript is off."""

import time

import pyotp
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.paper import Sheet, add_sheet, type_code
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services

WAYS = "Ways to sign in"
NEW_PASSWORD = "lantern-meadow-biscuit-27"


def test_ways_to_sign_in_are_added_and_used(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(scripts=False)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account/ways-to-sign-in")
    app, sheet = _add_app(resident), add_sheet(resident)
    resident.press("Get recovery codes", "link")
    resident.press("Show my ten codes")
    codes = resident.page.locator(".borough-codes li").all_inner_texts()
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Share and continue")

    for step in (_with_app, _with_sheet, _with_recovery_code):
        elsewhere = new_visitor(scripts=False)
        elsewhere.open(services.community_hub)
        elsewhere.press(SIGN_IN_AT_SERVICE)
        sign_in(elsewhere, person.address, person.password)
        step(elsewhere, app, sheet, codes)
        elsewhere.expect_heading(f"You are signed in as {person.name}")
        _sign_out(elsewhere)


def test_whoever_has_a_passkey_alone_is_told_what_it_needs_and_led_back_in(
    new_visitor: NewVisitor, served: Served
) -> None:
    told = "Turn JavaScript on, or sign in on another browser or device"
    resident = new_visitor(scripts=False, narrow=True)
    resident.open(f"{served.issuer}/sign-in")
    assert told in resident.page.get_by_role("main").inner_text()
    resident.press("If you cannot, get back in another way", "link")
    resident.expect_heading("Get back into your account")
    with_scripts = new_visitor()
    with_scripts.open(f"{served.issuer}/sign-in")
    assert told not in with_scripts.page.get_by_role("main").inner_text()


def test_details_are_changed(new_visitor: NewVisitor, served: Served, services: Services) -> None:
    person, resident = Person(), new_visitor(scripts=False)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account")
    resident.press("Change name", "link")
    resident.fill("Full name", "Amara Okafor-Reid")
    resident.press("Save")
    resident.choose("Yes, show it to them")
    resident.press("Save")
    resident.press("Add date of birth", "link")
    for label, value in (("Day", "31"), ("Month", "3"), ("Year", "1980")):
        resident.fill(label, value)
    resident.press("Save")
    resident.press("Add address", "link")
    resident.fill("Postcode", "zz11aa")
    resident.press("Find address")
    resident.choose("3 Kingfisher Row, Exampleham")
    resident.press("Use this address")
    told = resident.page.get_by_role("main").inner_text()
    for words in ("Amara Okafor-Reid", "31 March 1980", "3 Kingfisher Row"):
        assert words in told


def test_a_password_is_forgotten_and_the_way_back_found(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(scripts=False)
    create_account(resident, served, services.council_tax, person)
    served.outbox.wait_for_mail(person.address)
    elsewhere = new_visitor(scripts=False)
    elsewhere.open(f"{served.issuer}/reset-password")
    elsewhere.fill("Email address or sign-in name", person.address)
    elsewhere.press("Continue")
    elsewhere.open(link_in(served.outbox.wait_for_mail(person.address)))
    elsewhere.fill("New password", NEW_PASSWORD)
    with elsewhere.page.context.expect_page() as opened:
        elsewhere.page.get_by_role("button", name="Give me more time").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("You have more time")
    elsewhere.press("Change password")
    elsewhere.expect_heading("Your password is changed")
    served.outbox.wait_for_mail(person.address)

    elsewhere.open(f"{served.issuer}/get-back-in")
    elsewhere.fill("Email address or sign-in name", person.address)
    elsewhere.press("Continue")
    elsewhere.open(link_in(served.outbox.wait_for_mail(person.address)))
    elsewhere.expect_heading("Ways back into your account")


def test_whoever_needs_a_key_is_told_what_to_do_instead(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    Keys.security_key(resident)
    create_account(resident, served, services.council_tax, person)
    resident.open(f"{served.issuer}/account/ways-to-sign-in/security-key")
    resident.fill("A name for it", "Blue key")
    resident.press("Use my security key")

    elsewhere = new_visitor(scripts=False)
    elsewhere.open(f"{served.issuer}/account")
    sign_in(elsewhere, person.address, person.password)
    elsewhere.expect_heading("Use your security key")
    words = "Turn JavaScript on, use another browser or device, or choose another way"
    expect(elsewhere.page.get_by_text(words)).to_be_visible()
    expect(elsewhere.page.get_by_role("button", name="Use my security key")).to_be_hidden()
    expect(elsewhere.page.get_by_role("checkbox")).to_have_count(0)
    elsewhere.page.get_by_text("I cannot do this").click()
    elsewhere.press("I have lost my phone, my key or my codes", "link")
    elsewhere.expect_heading("Get back into your account")


def _add_app(resident: Visitor) -> pyotp.TOTP:
    resident.press("An app that shows codes", "link")
    app = pyotp.TOTP(resident.page.locator("#app-key").inner_text().replace(" ", ""))
    resident.fill("Code that the app shows", app.now())
    resident.press("Add the app")
    resident.expect_heading(WAYS)
    return app


def _with_app(visitor: Visitor, app: pyotp.TOTP, _sheet: Sheet, _codes: list[str]) -> None:
    _choose(visitor, "Use a code from your app")
    # The code that added the app was used; the next one counts half a minute ahead.
    visitor.fill("Code from your app", app.at(int(time.time()) + 30))
    visitor.press("Continue")


def _with_sheet(visitor: Visitor, _app: pyotp.TOTP, sheet: Sheet, _codes: list[str]) -> None:
    _choose(visitor, "Use your printed sheet of codes")
    type_code(visitor, sheet)
    visitor.press("Continue")


def _with_recovery_code(
    visitor: Visitor, _app: pyotp.TOTP, _sheet: Sheet, codes: list[str]
) -> None:
    _choose(visitor, "Use a recovery code")
    visitor.fill("Recovery code", codes[3])
    visitor.press("Continue")


def _choose(visitor: Visitor, way: str) -> None:
    """Choose this way, unless it is the one that is asked for."""
    if visitor.page.get_by_role("link", name=way, exact=True).count():
        visitor.press(way, "link")


def _sign_out(visitor: Visitor) -> None:
    visitor.open(f"{visitor.issuer}/logout")
    visitor.press("Sign out of everything in this browser")
    visitor.expect_heading("You are signed out")
