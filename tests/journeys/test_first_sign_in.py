"""The main job: a new resident reaches one service, then another, and signs out of both."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, give_details, type_code
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

SIGN_UP = "Create an account to use Council Tax"
MOST_PAGES = 6
MOST_TYPED_FIELDS = 3
MOST_WORDS = 400


@dataclass(frozen=True)
class Way:
    """How somebody uses the pages."""

    narrow: bool = False
    keyboard: bool = False
    scripts: bool = True


WAYS = {
    "with a mouse": Way(),
    "by keyboard alone": Way(keyboard=True),
    "on a narrow screen": Way(narrow=True),
    "without JavaScript": Way(scripts=False),
}


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def resident(request: pytest.FixtureRequest, new_visitor: NewVisitor) -> Visitor:
    """Yield a resident with an empty browser, once for each way of using the pages."""
    way: Way = request.param
    return new_visitor(narrow=way.narrow, keyboard=way.keyboard, scripts=way.scripts)


def test_one_sign_in_reaches_two_services_and_one_sign_out_leaves_both(
    resident: Visitor, served: Served, services: Services
) -> None:
    person = Person()
    create_account_step_by_step(resident, served, services, person)
    assert_within_budget(resident)
    council_tax = received(resident)
    assert council_tax["name"] == person.name
    assert council_tax["email"] == person.address

    reach_second_service(resident, services, person)
    hub = received(resident)
    assert hub["name"] == person.name
    assert hub["sub"] != council_tax["sub"]
    assert hub["sid"] != council_tax["sid"]

    resident.press("Sign out")
    resident.expect_heading("You are signed out")
    resident.open(services.council_tax)
    resident.expect_heading("You are signed out")


def create_account_step_by_step(
    resident: Visitor, served: Served, services: Services, person: Person
) -> None:
    """Go from Council Tax's sign-in button through a new account back to Council Tax."""
    resident.open(services.council_tax)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page("Sign in to Council Tax", "Sign in to Council Tax")
    resident.press("Create an account", "link")
    resident.expect_page(SIGN_UP, SIGN_UP)
    resident.fill("Email address", person.address)
    resident.press("Continue")
    resident.expect_page("Check your email", "Check your email")
    type_code(resident, served, person)
    resident.expect_page("Your name and password", "Your name and password")
    give_details(resident, person)
    sharing = "Share your details with Council Tax"
    resident.expect_page(sharing, sharing)
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")


def reach_second_service(resident: Visitor, services: Services, person: Person) -> None:
    """Go to the hub: no second sign-in, but a page that says who is about to share what."""
    before = len(resident.seen)
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    sharing = "Share your details with Riverside Community Hub"
    resident.expect_page(sharing, sharing)
    expect(resident.page.get_by_role("main")).to_contain_text(person.address)
    expect(resident.page.get_by_role("button", name="Not you?")).to_be_visible()
    resident.press("Share and continue")
    assert len(resident.seen) - before == 1


def received(resident: Visitor) -> dict[str, str]:
    """Return what the service shows that it received, by claim."""
    headings = resident.page.get_by_role("rowheader").all_inner_texts()
    values = resident.page.get_by_role("cell").all_inner_texts()
    # A heading reads "Email address email": its last word is the claim.
    names = [heading.split()[-1] for heading in headings]
    return dict(zip(names, values, strict=True))


def assert_within_budget(resident: Visitor) -> None:
    """Assert what a first sign-in may cost a resident in pages, typing and reading."""
    words = sum(page.words for page in resident.seen)
    assert len(resident.seen) <= MOST_PAGES, [page.title for page in resident.seen]
    assert resident.typed <= MOST_TYPED_FIELDS
    assert words <= MOST_WORDS, [(page.title, page.words) for page in resident.seen]
    assert "Council Tax" in resident.seen[0].heading
