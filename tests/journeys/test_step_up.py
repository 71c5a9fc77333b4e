"""A service that asks for more than a password: adding what is missing on the way to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

NEEDED = "Housing Benefit needs another way to sign in"
TWO_FACTORS = "https://refeds.org/profile/mfa"
ONE_FACTOR = "https://refeds.org/profile/sfa"


@pytest.fixture
def priya(services: Services) -> dict[str, Any]:
    """Return somebody of the demonstration who has an app that shows codes."""
    return next(who for who in services.demo["people"] if "app_secret" in who)


def test_an_app_is_added_in_the_middle_of_a_sign_in_which_then_goes_on(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    expect_level(resident, ONE_FACTOR)

    resident.open(services.housing_benefit)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page(NEEDED, NEEDED)
    resident.press("An app that shows codes", "link")
    secret = resident.page.locator("#app-key").inner_text().replace(" ", "")
    resident.fill("Code that the app shows", pyotp.TOTP(secret).now())
    resident.press("Add the app")
    resident.expect_heading("Share your details with Housing Benefit")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    expect_level(resident, TWO_FACTORS)

    # A service that needs one factor asks for none of this.
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_heading("Share your details with Riverside Community Hub")


def test_whoever_adds_nothing_is_shown_the_other_way_and_goes_back(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = new_visitor(narrow=True)
    create_account(resident, served, services.housing_benefit, Person())
    resident.expect_page(NEEDED, NEEDED)
    resident.press("Go back without adding one", "link")
    heading = "You cannot go on to Housing Benefit yet"
    resident.expect_page(heading, heading)
    expect(resident.page.get_by_role("main")).to_contain_text("020 7946 0303")
    resident.press("Go back")
    resident.expect_heading(NEEDED)
    resident.press("Go back without adding one", "link")
    resident.press("Return to Housing Benefit")
    resident.expect_heading("You need another way to sign in to use this")
    expect(resident.page.get_by_role("main")).to_contain_text("unmet_authentication_requirements")


def test_a_remembered_device_is_asked_for_the_code_alone_and_only_where_it_is_needed(
    new_visitor: NewVisitor, served: Served, services: Services, priya: dict[str, Any]
) -> None:
    resident, app = new_visitor(), pyotp.TOTP(priya["app_secret"])
    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    sign_in(resident, priya["email"], priya["password"])
    code = "Type the code from your app"
    resident.expect_page(code, code)
    resident.page.get_by_label("Do not ask for a code on this device for 30 days").check()
    resident.fill("Code from your app", app.now())
    resident.press("Continue")
    resident.press("Share and continue")
    expect_level(resident, TWO_FACTORS)
    resident.open(f"{served.issuer}/sign-out")
    resident.press("Sign out")

    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    sign_in(resident, priya["email"], priya["password"])
    resident.expect_heading(f"You are signed in as {priya['name']}")
    expect_level(resident, ONE_FACTOR)

    resident.open(services.housing_benefit)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page(code, code)
    # Each code counts once: the one that comes next is taken early.
    resident.fill("Code from your app", app.at(datetime.now(UTC) + timedelta(seconds=30)))
    resident.press("Continue")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {priya['name']}")
    expect_level(resident, TWO_FACTORS)


def test_a_printed_code_opens_it_too(new_visitor: NewVisitor, services: Services) -> None:
    george = next(who for who in services.demo["people"] if "sheet" in who)
    resident = new_visitor(scripts=False)
    resident.open(services.housing_benefit)
    resident.press(SIGN_IN_AT_SERVICE)
    sign_in(resident, george["email"], george["password"])
    resident.fill(f"Code 1 of sheet {george['sheet']}", george["sheet_codes"][0])
    resident.press("Continue")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {george['name']}")
    expect_level(resident, TWO_FACTORS)


def expect_level(visitor: Visitor, acr: str) -> None:
    """Assert what the service was told of the sign-in."""
    expect(visitor.page.locator("#sign-in-acr")).to_have_text(acr)
