"""Being signed out for doing nothing is announced in time, and put off by one button."""

from itertools import count

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

BUTTON = "Stay signed in for longer"
SOON = "You will be signed out soon"
STEP = "Type the code from your app"
_numbers = count(1)


def _at_a_shared_device(visitor: Visitor, services: Services) -> None:
    tom = services.demo["people"][0]
    visitor.open(f"{visitor.issuer}/account")
    visitor.fill("Email address or sign-in name", tom["email"])
    visitor.fill("Password", tom["password"])
    visitor.page.get_by_label("Other people use this device too").check()
    visitor.press("Sign in")


def _while_typing(visitor: Visitor, services: Services) -> None:
    """Wait at a form that has something in it until the warning is due."""
    visitor.page.clock.install()
    _at_a_shared_device(visitor, services)
    visitor.open(f"{visitor.issuer}/account/password")
    visitor.page.get_by_label("New password").fill("violet lantern")
    warning = visitor.page.get_by_role("dialog", name=SOON)
    visitor.page.clock.fast_forward("07:30")
    expect(warning).to_have_count(0)
    visitor.page.clock.fast_forward("00:40")
    expect(warning).to_be_visible()


def test_two_minutes_before_the_end_it_is_said_and_what_is_typed_stays(
    new_visitor: NewVisitor, services: Services
) -> None:
    visitor = new_visitor(narrow=True, keyboard=True)
    _while_typing(visitor, services)
    visitor.look_again()
    expect(visitor.page.get_by_role("heading", name=SOON)).to_be_focused()
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.get_by_role("dialog").get_by_role("button", name=BUTTON)).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("You stay signed in.")).to_be_visible()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    field = visitor.page.get_by_label("New password")
    expect(field).to_have_value("violet lantern")
    expect(field).to_be_focused()
    visitor.page.clock.fast_forward("07:30")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    visitor.page.clock.fast_forward("00:40")
    expect(visitor.page.get_by_role("dialog", name=SOON)).to_be_visible()


def test_escape_closes_the_warning_and_the_end_is_said_too(
    new_visitor: NewVisitor, services: Services
) -> None:
    visitor = new_visitor()
    _while_typing(visitor, services)
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.page.get_by_label("New password")).to_be_focused()
    visitor.page.clock.fast_forward("02:10")
    over = visitor.page.get_by_role("dialog", name="You are signed out")
    expect(over).to_be_visible()
    visitor.look_again()
    over.get_by_role("button", name="Close this message").click()
    expect(visitor.page.get_by_label("New password")).to_have_value("violet lantern")


def test_what_is_put_off_in_one_tab_is_put_off_in_the_others(
    new_visitor: NewVisitor, services: Services
) -> None:
    visitor = new_visitor()
    _while_typing(visitor, services)
    other = visitor.page.context.new_page()
    other.goto(f"{visitor.issuer}/account")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("path", ["/account/name", "/help/contact"])
def test_without_scripts_the_button_opens_a_tab_and_what_is_typed_stays(
    new_visitor: NewVisitor, services: Services, path: str
) -> None:
    visitor = new_visitor(scripts=False)
    _at_a_shared_device(visitor, services)
    visitor.open(f"{visitor.issuer}{path}")
    with visitor.page.context.expect_page() as opened:
        visitor.page.get_by_role("button", name=BUTTON).click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("You stay signed in")
    assert visitor.page.url == f"{visitor.issuer}{path}"


def test_a_second_step_warns_too_and_takes_as_long_as_its_owner_needs(
    new_visitor: NewVisitor, served: Served
) -> None:
    address = f"slow{next(_numbers)}@mail.example"
    made = served.manage("account", "create", "--email", address, "--name", "Ife Slow")
    visitor = new_visitor(narrow=True)
    visitor.open(f"{visitor.issuer}/account/ways-to-sign-in/app")
    sign_in(visitor, address, made["password"])
    secret = visitor.page.locator("#app-key").inner_text().replace(" ", "")
    visitor.fill("Code that the app shows", pyotp.TOTP(secret).now())
    visitor.press("Add the app")

    slow = new_visitor(narrow=True, keyboard=True)
    slow.page.clock.install()
    slow.open(f"{slow.issuer}/account")
    sign_in(slow, address, made["password"])
    slow.expect_page(STEP, STEP)
    slow.page.clock.fast_forward("13:30")
    warning = slow.page.get_by_role("dialog", name="Your time is nearly up")
    expect(warning).to_be_visible()
    slow.look_again()
    slow.page.keyboard.press("Tab")
    slow.page.keyboard.press("Enter")
    expect(slow.page.get_by_text("You have more time.")).to_be_visible()
    flow = slow.page.url.partition("?")[2]
    for path in ("/account/stay-signed-in", f"/sign-in/more-time?{flow}"):
        visitor.open(f"{visitor.issuer}{path}")
    slow.open(f"{slow.issuer}/sign-in/more-time?{flow}")
    slow.expect_page("You have more time", "You have more time")
