"""Leaving one service or all of them, and coming back."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.serving.provider import Served
from tests.serving.services import Services


def test_out_of_one_service_only_the_other_stays_and_the_first_asks_again(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Share and continue")

    # Without a hint nobody has proved which service asks: the resident chooses.
    [hub] = [app for app in services.demo["applications"] if app["key"] == "community-hub"]
    resident.open(f"{served.issuer}/logout?client_id={hub['client_id']}")
    resident.expect_page("Do you want to sign out?", "Do you want to sign out?")
    resident.press("Sign out of Riverside Community Hub only")
    resident.expect_heading("You are signed out of Riverside Community Hub")

    resident.open(services.council_tax)
    resident.expect_heading(f"You are signed in as {person.name}")
    resident.open(services.community_hub)
    resident.expect_heading("You are signed out")
    resident.press(SIGN_IN_AT_SERVICE)
    resident.expect_page(
        "Continue to Riverside Community Hub", "Continue to Riverside Community Hub"
    )
    resident.press("Continue")
    resident.expect_heading(f"You are signed in as {person.name}")


def test_out_of_everything_neither_service_knows_the_resident(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/logout")
    resident.press("Sign out of everything in this browser")
    resident.expect_page("You are signed out", "You are signed out")
    resident.open(services.council_tax)
    resident.expect_heading("You are signed out")


@pytest.fixture
def front(served: Served, services: Services) -> Iterator[str]:
    """Yield the address that the first service wants opened; others never hear of it."""
    address = f"{services.council_tax}/signed-out-elsewhere"
    replace = ("application", "replace-callbacks", "council-tax", "--override", "outage")
    served.manage(*replace, "--frontchannel-logout-uri", address)
    yield address
    served.manage(*replace)


def test_a_service_that_wants_it_is_opened_unseen_before_the_way_back(
    new_visitor: NewVisitor, served: Served, services: Services, front: str
) -> None:
    resident = new_visitor()
    create_account(resident, served, services.council_tax, Person())
    resident.press("Share and continue")
    resident.open(services.community_hub)
    resident.press(SIGN_IN_AT_SERVICE)
    resident.press("Share and continue")

    opened: list[str] = []
    resident.page.on("request", lambda request: opened.append(request.url))
    # It goes on by itself: nobody is given the time to look at it.
    resident.page.get_by_role("button", name="Sign out").click()
    resident.page.wait_for_url(f"{services.community_hub}/**")
    resident.expect_heading("You are signed out")
    asked = [parse_qs(urlsplit(url).query) for url in opened if url.startswith(front)]
    assert [set(query) for query in asked] == [{"iss", "sid"}]
    assert asked[0]["iss"] == [served.issuer]


def test_signing_out_from_the_account_page(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    [joan] = [who for who in services.demo["people"] if "joan" in who["email"]]
    resident = new_visitor()
    resident.open(f"{served.issuer}/sign-in")
    sign_in(resident, joan["email"], joan["password"])
    resident.expect_heading("Your account")
    resident.open(f"{served.issuer}/sign-out")
    resident.press("Sign out")
    resident.expect_page("You are signed out", "You are signed out")
    resident.open(f"{served.issuer}/account")
    resident.expect_heading("Sign in to Borough Login")
