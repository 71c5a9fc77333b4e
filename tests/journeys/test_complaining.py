"""Telling the council that something is wrong, and reading its answer."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.serving.provider import Served
from tests.serving.services import Services

ASK = "Complain, or ask us to put something right"


def test_what_is_wrong_is_told_and_answered(
    new_visitor: NewVisitor, served: Served, services: Services, tmp_path: Path
) -> None:
    resident = new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, Person())
    resident.open(f"{served.issuer}/account")
    resident.press("Complaints and corrections", "link")
    resident.expect_page("Complaints and corrections", "Complaints and corrections")
    resident.press(ASK, "link")
    resident.expect_page(ASK, ASK)
    resident.press("Send")
    resident.expect_page(f"Error: {ASK}", ASK)
    resident.choose("Something that you hold about me is wrong, and I cannot change it")
    resident.fill("Tell us what happened, and what would put it right", "My birthday is wrong")
    resident.press("Send")
    resident.expect_page("We have what you sent us", "We have what you sent us")

    reference = resident.page.locator(".borough-code").inner_text().replace("-", "")
    answer = tmp_path / "answer.txt"
    answer.write_text("Your birthday is right now.")
    served.manage("complaint", "answer", reference, "--outcome", "upheld", "--file", str(answer))
    resident.open(resident.page.url)
    resident.expect_page("We have answered you", "We have answered you")
    expect(resident.page.get_by_role("main")).to_contain_text("Your birthday is right now.")
