"""Saying no, or that it is somebody else who sits here."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.serving.provider import Served
from tests.serving.services import Services


def test_refusing_shows_the_other_way_first_and_then_returns_to_the_service(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = new_visitor()
    create_account(resident, served, services.council_tax, Person())
    resident.press("Do not share")
    resident.expect_heading("You cannot sign in to Council Tax without sharing")
    expect(resident.page.get_by_role("main")).to_contain_text("There is another way")
    resident.press("Go back")
    resident.expect_heading("Share your details with Council Tax")
    resident.press("Do not share")
    resident.press("Leave without sharing")
    assert not resident.on_provider()
    expect(resident.page.get_by_role("main")).to_contain_text("access_denied")


def test_not_you_signs_in_somebody_else_and_shares_only_their_details(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    first, joan, browser = Person(), Person("Joan Whitfield"), new_visitor()
    create_account(new_visitor(), served, services.council_tax, joan)
    create_account(browser, served, services.council_tax, first)
    browser.press("Share and continue")
    browser.open(services.community_hub)
    browser.press(SIGN_IN_AT_SERVICE)
    browser.press("Not you?")
    browser.expect_heading("Sign in to Riverside Community Hub")
    assert first.address not in browser.page.get_by_role("main").inner_text()
    sign_in(browser, joan.address, joan.password)
    expect(browser.page.get_by_role("main")).to_contain_text(joan.address)
    browser.press("Share and continue")
    browser.expect_heading(f"You are signed in as {joan.name}")
    browser.open(services.council_tax)
    browser.expect_heading("You are signed out")
