"""A service that nobody shall be seen to use: the way out at once, and pages that leave it out."""

from playwright.sync_api import Route, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account
from tests.journeys.test_your_services import link_earlier_account
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

ELSEWHERE = "https://www.bbc.co.uk/weather"


def test_a_service_is_hidden_and_its_pages_are_left_at_once(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/account/services")
    resident.press("Riverside Community Hub", "link")
    resident.press("Hide Riverside Community Hub from “Your services”", "link")
    resident.expect_page("Hide Riverside Community Hub", "Hide Riverside Community Hub")
    resident.press("Hide Riverside Community Hub")
    resident.expect_heading("Your services")
    expect(resident.page.get_by_role("main")).not_to_contain_text("Riverside")

    resident.press("See private services", "link")
    resident.expect_page("Private services", "Private services")
    resident.press("Riverside Community Hub", "link")
    resident.expect_page("Riverside Community Hub", "Riverside Community Hub")
    resident.press("Change what you share with Riverside Community Hub by choice", "link")
    resident.expect_heading("What you share with Riverside Community Hub by choice")
    resident.press("Back", "link")
    resident.press("See what Riverside Community Hub was given", "link")
    resident.expect_heading("What Riverside Community Hub was given")
    resident.press("See and print receipts for what you share with Riverside Community Hub", "link")
    resident.expect_heading("Receipts for what you share with Riverside Community Hub")
    resident.follow("Receipt:")
    resident.expect_heading("Receipt for what you share with Riverside Community Hub")
    expect(resident.page.get_by_role("main")).to_contain_text("Valid until")
    resident.press("Back", "link")
    resident.press("Back", "link")
    resident.press("Back", "link")
    link_earlier_account(served, person, "community-hub")
    resident.page.reload()
    resident.press(f"Separate {person.address}", "link")
    separate = "Separate your earlier account with Riverside Community Hub"
    resident.expect_page(separate, separate)
    resident.press("Separate it")
    resident.expect_heading("Riverside Community Hub")
    question = "Stop signing in to Riverside Community Hub with this account"
    resident.press(question, "link")
    resident.expect_page(question, question)
    assert leaves(resident)

    resident.open(f"{served.issuer}/account/private-services/community-hub")
    resident.press("Show Riverside Community Hub in “Your services” again")
    expect(resident.page.get_by_role("main")).to_contain_text("There are none.")


def test_a_private_service_is_stopped_and_blocked_and_the_open_pages_name_nothing(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/account/services/community-hub/hide")
    resident.press("Hide Riverside Community Hub")
    resident.open(f"{served.issuer}/account/private-services/community-hub/stop")
    resident.press("Stop signing in")
    stopped = "You stopped signing in to Riverside Community Hub with this account"
    resident.expect_page(stopped, stopped)
    resident.press("Block Riverside Community Hub", "link")
    resident.expect_page("Block Riverside Community Hub", "Block Riverside Community Hub")
    resident.press("Block all services of Riverside Community Hub")
    resident.expect_page("Private services", "Private services")
    shown = resident.page.get_by_role("main")
    expect(shown).to_contain_text("Organisations, with all their services")
    for page in ("services", "blocked-services"):
        resident.open(f"{served.issuer}/account/{page}")
        expect(shown).not_to_contain_text("Riverside")
    resident.open(f"{served.issuer}/account/private-services")
    resident.press("Unblock Riverside Community Hub")
    resident.expect_page("Private services", "Private services")
    expect(shown).not_to_contain_text("Unblock")


def test_without_scripts_the_way_out_is_a_link(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    served.manage("application", "change", "community-hub", "--sensitive")
    try:
        visitor = new_visitor(scripts=False)
        visitor.open(services.community_hub)
        visitor.press(SIGN_IN_AT_SERVICE)
        visitor.expect_heading("Sign in to Riverside Community Hub")
        link = visitor.page.get_by_role("button", name="Exit this page")
        expect(link).to_have_attribute("href", ELSEWHERE)
    finally:
        back = ("application", "change", "community-hub", "--no-sensitive")
        served.manage(*back, "--override", "outage")


def leaves(visitor: Visitor) -> bool:
    """Press Shift three times, as the hidden words say, and say whether that leads elsewhere."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    visitor.page.route(f"{ELSEWHERE}**", answer)
    with visitor.page.expect_navigation(url=f"{ELSEWHERE}**"):
        for _ in range(3):
            visitor.page.keyboard.press("Shift")
    return asked != []
