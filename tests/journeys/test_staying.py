"""Being signed out for doing nothing is announced in time, and put off by one button."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor
from tests.serving.services import Services

BUTTON = "Stay signed in for longer"


def _at_a_shared_device(visitor: Visitor, services: Services) -> None:
    tom = services.demo["people"][0]
    visitor.open(f"{visitor.issuer}/account")
    visitor.fill("Email address or sign-in name", tom["email"])
    visitor.fill("Password", tom["password"])
    visitor.page.get_by_label("Other people use this device too").check()
    visitor.press("Sign in")


def test_two_minutes_before_the_end_it_is_said_and_what_is_typed_stays(
    new_visitor: NewVisitor, services: Services
) -> None:
    visitor = new_visitor(narrow=True, keyboard=True)
    visitor.page.clock.install()
    _at_a_shared_device(visitor, services)
    visitor.open(f"{visitor.issuer}/account/password")
    visitor.page.get_by_label("New password").fill("violet lantern")
    status = visitor.page.get_by_role("status").filter(has_text="signed out soon")
    visitor.page.clock.fast_forward("07:30")
    expect(status).to_have_count(0)
    visitor.page.clock.fast_forward("00:40")
    expect(status).to_be_visible()

    visitor.page.get_by_role("button", name=BUTTON).focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("You stay signed in.")).to_be_visible()
    expect(visitor.page.get_by_label("New password")).to_have_value("violet lantern")
    visitor.page.clock.fast_forward("05:00")
    expect(visitor.page.get_by_text("You stay signed in.")).to_be_visible()


@pytest.mark.parametrize("path", ["/account", "/help/contact"])
def test_without_scripts_the_button_leads_back_to_the_page(
    new_visitor: NewVisitor, services: Services, path: str
) -> None:
    visitor = new_visitor(scripts=False)
    _at_a_shared_device(visitor, services)
    visitor.open(f"{visitor.issuer}{path}")
    visitor.press(BUTTON)
    assert visitor.page.url == f"{visitor.issuer}{path}"
