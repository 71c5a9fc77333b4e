"""Downloading everything that is held about oneself."""

import json
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, WIDE, NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.journeys.visitor import RULES, Visitor
from tests.serving.provider import Served
from tests.serving.services import Services

PAGE = "Download everything we hold about you"
ASK = "Ask for a copy of everything"


def test_a_copy_is_asked_for_downloaded_read_and_deleted(
    new_visitor: NewVisitor, served: Served, services: Services, tmp_path: Path
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    resident.open(f"{served.issuer}/account")
    resident.press(PAGE, "link")
    resident.expect_page(PAGE, PAGE)
    resident.press("Ask for a copy")
    resident.expect_page(ASK, ASK)
    resident.press("Ask for a copy")
    resident.expect_page(f"Error: {ASK}", ASK)
    resident.choose("No, leave them out")
    resident.press("Ask for a copy")
    resident.expect_page(PAGE, PAGE)

    while (
        served.outbox.wait_for_mail(person.address)["Subject"] != "Your copy is ready to download"
    ):
        pass
    # By the time of the mail the page that waits leads on, whether or not it was still waiting.
    resident.open(f"{served.issuer}/account/copy")
    expect(resident.page.get_by_role("main")).to_contain_text("Your copy is ready")
    told = json.loads(_saved(resident, "Download a file for other", tmp_path).read_text())
    parts = {part["name"]: part["records"] for part in told["parts"]}
    assert parts["account"][0]["full_name"] == person.name
    assert parts["given_to_services"][0]["service"] == "Council Tax"
    read(resident, _saved(resident, "Download a page to read", tmp_path), person)

    resident.open(f"{served.issuer}/account/copy")
    expect(resident.page.get_by_role("main")).to_contain_text("It was downloaded 2 times")
    resident.press("Delete this copy")
    resident.expect_page("Delete this copy", "Delete this copy")
    address = resident.page.url
    resident.press("Delete the copy")
    resident.expect_page(PAGE, PAGE)
    expect(resident.page.get_by_role("main")).to_contain_text("You can have a copy of")
    resident.open(address)
    resident.expect_heading("This copy is not here any more")


def _saved(resident: Visitor, link: str, folder: Path) -> Path:
    with resident.page.expect_download() as begun:
        resident.page.get_by_role("link", name=link).click()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    return path


def read(resident: Visitor, file: Path, person: Person) -> None:
    """Open the saved page from the disk, on a phone and on a screen."""
    asked: list[str] = []
    resident.page.on("request", lambda request: asked.append(request.url))
    for size in (NARROW, WIDE):
        resident.page.set_viewport_size(size)
        resident.page.goto(file.as_uri())
        resident.expect_heading("Everything we hold about you")
        expect(resident.page.get_by_role("main")).to_contain_text(person.name)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert resident.page.evaluate(wide) <= 0
        result = Axe().run(resident.page, options=RULES)
        assert result.violations_count == 0, result.generate_report()
    assert set(asked) == {file.as_uri()}
    resident.page.set_viewport_size({"width": 320, "height": 640})
