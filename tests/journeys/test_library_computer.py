"""One computer at a library, and the people who sit down at it one after another."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services


def sign_in(visitor: Visitor, name: str, password: str) -> None:
    """Fill in the sign-in page, and say that others use the device."""
    visitor.fill("Email address or sign-in name", name)
    visitor.fill("Password", password)
    visitor.page.get_by_label("Other people use this device too").check()
    visitor.press("Sign in")


def test_nobody_gets_into_a_service_as_whoever_sat_there_before(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    tom, joan = (who for who in services.demo["people"] if "Whitfield" in who["name"])
    computer = new_visitor()
    computer.open(services.council_tax)
    computer.press(SIGN_IN_AT_SERVICE)
    sign_in(computer, tom["email"], tom["password"])
    share(computer)
    computer.expect_heading(f"You are signed in as {tom['name']}")

    # Each service asks as whom, before it is told anything.
    computer.open(services.community_hub)
    computer.press(SIGN_IN_AT_SERVICE)
    question = "Continue to Riverside Community Hub"
    computer.expect_page(question, question)
    main = computer.page.get_by_role("main")
    expect(main).to_contain_text(tom["email"])
    expect(computer.page.get_by_role("banner")).to_contain_text("Other people use this device")

    # Tom left without signing out. Joan says that she is not Tom.
    computer.press("Not you?")
    assert tom["email"] not in computer.page.content()
    sign_in(computer, joan["email"], joan["password"])
    share(computer)
    computer.expect_heading(f"You are signed in as {joan['name']}")
    computer.open(services.council_tax)
    computer.expect_heading("You are signed out")

    # Joan signs out of everything, and the next person's page tells nothing of her.
    computer.open(services.community_hub)
    computer.press("Sign out")
    computer.open(services.council_tax)
    computer.press(SIGN_IN_AT_SERVICE)
    computer.expect_heading("Sign in to Council Tax")
    expect(computer.page.get_by_label("Email address or sign-in name")).to_have_value("")
    assert joan["email"] not in computer.page.content()
    computer.open(f"{served.issuer}/account")
    computer.expect_heading("Sign in to Borough Login")


def test_no_second_step_is_spared_there(new_visitor: NewVisitor, services: Services) -> None:
    priya = next(who for who in services.demo["people"] if "app_secret" in who)
    computer = new_visitor(narrow=True)
    computer.open(services.council_tax)
    computer.press(SIGN_IN_AT_SERVICE)
    sign_in(computer, priya["email"], priya["password"])
    computer.expect_heading("Type the code from your app")
    assert computer.page.get_by_label("Do not ask for a code").count() == 0


def share(visitor: Visitor) -> None:
    """Agree where an agreement of another journey does not stand."""
    if visitor.on_provider():
        visitor.press("Share and continue")
