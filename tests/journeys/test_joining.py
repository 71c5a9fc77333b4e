"""A resident who signed up twice makes one account of the two."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.serving.provider import Served
from tests.serving.services import Services

JOIN = "Join two accounts of yours"
WHICH = "Which account do you want to keep?"
JOINED = "Accounts joined into this one"


def test_one_of_two_accounts_is_closed_and_its_services_are_named(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    home, work, resident = Person(), Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, work)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/sign-out")
    resident.press("Sign out")
    create_account(resident, served, services.community_hub, home)

    resident.open(f"{served.issuer}/account")
    resident.press(JOIN, "link")
    resident.expect_page(JOIN, JOIN)
    resident.press("Sign in to the other account")
    assert home.address not in resident.page.get_by_role("main").inner_text()
    sign_in(resident, work.address, work.password)
    resident.expect_page(WHICH, WHICH)
    resident.press("Keep it and close the other")
    resident.expect_page(f"Error: {WHICH}", WHICH)
    resident.choose(home.address)
    resident.press("Keep it and close the other")
    resident.expect_page(JOINED, JOINED)
    told = resident.page.get_by_role("main").inner_text()
    assert f"Sign in as {home.address} from now on" in told
    assert "Council Tax" in told

    # Council Tax hears nothing of it, and the closed account opens nothing any more.
    elsewhere = new_visitor()
    elsewhere.open(services.council_tax)
    elsewhere.press(SIGN_IN_AT_SERVICE)
    sign_in(elsewhere, work.address, work.password)
    elsewhere.expect_heading("Your account is closed")
