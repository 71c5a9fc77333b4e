"""What one shares with a service by choice, and which of one's email addresses."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests import factories
from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, type_code
from tests.serving.provider import Served
from tests.serving.services import Services

SHARING = "Share your details with Riverside Community Hub"
CHANGE = "What you share with Riverside Community Hub by choice"
ELSE = "What else Riverside Community Hub would like, if you agree"
WHICH = "Which email address Riverside Community Hub gets"


def test_what_is_optional_is_kept_back_and_the_service_is_reached(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.expect_page(SHARING, SHARING)
    choices = resident.page.get_by_role("group", name=ELSE)
    box = choices.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    expect(choices).to_contain_text("To tell you by email when a booking is moved")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    expect(resident.page.get_by_role("main")).not_to_contain_text(person.address)

    resident.open(f"{served.issuer}/account/services/community-hub")
    resident.press("See what Riverside Community Hub was given", "link")
    expect(resident.page.get_by_role("main")).not_to_contain_text("Email address")

    resident.open(f"{served.issuer}/account/services/community-hub")
    resident.press("Change what you share with Riverside Community Hub by choice", "link")
    resident.expect_page(CHANGE, CHANGE)
    resident.page.get_by_role("checkbox", name="Your email address").check()
    resident.press("Save")
    resident.expect_page("Riverside Community Hub", "Riverside Community Hub")
    expect(resident.page.get_by_role("main")).to_contain_text("Your email address")


def test_what_is_optional_is_given_by_a_tick_by_keyboard_alone(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(keyboard=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page(SHARING, SHARING)
    box = resident.page.get_by_role("checkbox")
    for _tab in range(30):
        if box.evaluate("element => element === document.activeElement"):
            break
        resident.page.keyboard.press("Tab")
    resident.page.keyboard.press("Space")
    expect(box).to_be_checked()
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    expect(resident.page.get_by_role("main")).to_contain_text(person.address)


def test_one_of_two_addresses_is_shared_and_later_the_other(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, second, resident = Person(), Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.open(f"{served.issuer}/account/emails/add")
    resident.fill("New email address", second.address)
    resident.press("Continue")
    type_code(resident, served, second)
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page(SHARING, SHARING)
    expect(resident.page.get_by_role("radio", name=person.address)).to_be_checked()
    resident.choose(second.address)
    resident.page.get_by_role("checkbox", name="Email address").check()
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    shown = resident.page.get_by_role("main")
    expect(shown).to_contain_text(second.address)
    expect(shown).not_to_contain_text(person.address)

    resident.open(f"{served.issuer}/account/services/community-hub")
    expect(shown).to_contain_text(second.address)
    resident.press("Change which email address Riverside Community Hub gets", "link")
    resident.expect_page(WHICH, WHICH)
    expect(resident.page.get_by_role("radio", name=second.address)).to_be_checked()
    resident.choose(person.address)
    resident.press("Save")
    resident.expect_page("Riverside Community Hub", "Riverside Community Hub")
    expect(shown).to_contain_text(person.address)

    resident.press("Hide Riverside Community Hub from “Your services”", "link")
    resident.press("Hide Riverside Community Hub")
    resident.open(f"{served.issuer}/account/private-services/community-hub")
    resident.press("Change which email address Riverside Community Hub gets", "link")
    resident.expect_page(WHICH, WHICH)


def test_what_was_not_given_is_filled_in_on_the_way(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    application = served.manage("application", "show", "council-tax")
    asked = {
        "client_id": application["client_id"],
        "redirect_uri": application["redirect_uris"][0],
        "response_type": "code",
        "scope": "openid",
        "claims": '{"userinfo": {"name": null, "birthdate": {"essential": true}}}',
        "code_challenge": factories.challenge(),
        "code_challenge_method": "S256",
    }
    resident.open(f"{served.issuer}/authorize?{urlencode(asked)}")
    title = "Share your details with Council Tax"
    resident.expect_page(title, title)
    shown = resident.page.get_by_role("main")
    expect(shown).to_contain_text("Date of birth: Not given")
    resident.press("Add your date of birth", "link")
    resident.press("Save")
    resident.expect_page("Error: Your date of birth", "Your date of birth")
    for part, number in (("Day", "31"), ("Month", "3"), ("Year", "1980")):
        resident.fill(part, number)
    resident.press("Save")
    resident.expect_page(title, title)
    expect(shown).to_contain_text("Date of birth: 31 March 1980")
    resident.press("Share and continue")
    assert not resident.on_provider()
