"""A service hears what happens at the provider, and acts on it before its next visitor."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.serving.provider import Served
from tests.serving.services import Services


def test_signing_out_of_everything_is_told_to_the_service_which_signs_out_too(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.community_hub, person)
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")
    resident.open(f"{served.issuer}/logout")
    resident.press("Sign out of everything in this browser")
    services.wait_for_event(services.community_hub, "Somebody signed out")
    resident.open(services.community_hub)
    resident.expect_heading("You are signed out")
    told = resident.page.get_by_role("table")
    expect(told).to_contain_text("Somebody signed out")
    expect(told).not_to_contain_text(person.name)
