"""A developer who is new here has working clients, in two languages, within few pages."""

import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import expect

from tests.interop.programs.running import address, running
from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, give_details, type_code
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, free_port

MOST_PAGES = 8
MOST_TYPED_FIELDS = 10
SETTINGS = "borough-login.json"
SIGNED_IN = "Signed in: "


def _claims(process: "subprocess.Popen[str]") -> dict[str, Any]:
    printed, complained = process.communicate(timeout=90)
    assert SIGNED_IN in printed, complained
    claims: dict[str, Any] = json.loads(printed.split(SIGNED_IN)[1])
    return claims


def _register(visitor: Visitor, served: Served, redirect_uri: str) -> str:
    """Go from the portal's door to a new application; return the organisation's name."""
    person = Person(name="Dev Patel")
    organisation = f"Riverside Choir {uuid4().hex[:6]}"
    visitor.open(f"{served.issuer}/partners")
    visitor.press("Start now")
    visitor.fill("Email address", person.address)
    visitor.press("Continue")
    type_code(visitor, served, person)
    give_details(visitor, person)
    visitor.fill("Name of your organisation", organisation)
    visitor.fill("Name of the application", "Choir Bookings")
    visitor.fill("Redirect URIs", redirect_uri)
    visitor.press("Create both")
    visitor.expect_heading("Your application is ready")
    return organisation


def _download(visitor: Visitor, folder: Path) -> dict[str, Any]:
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=f"Download {SETTINGS}").click()
    waiting.value.save_as(folder / SETTINGS)
    told: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    return told


def _let_maya_in(visitor: Visitor) -> None:
    # The second time Maya is signed in and has agreed already.
    if visitor.on_provider():
        visitor.expect_heading("Sign in to Choir Bookings as a test resident")
        visitor.press("Sign in")
        visitor.press("Share and continue")
    expect(visitor.page.locator("body")).to_have_text("You can close this page.")


def _signs_in(visitor: Visitor, key: str, folder: Path, told: dict[str, Any]) -> None:
    with running(key, folder) as process:
        visitor.open(address(process))
        _let_maya_in(visitor)
        claims = _claims(process)
    assert (claims["iss"], claims["aud"]) == (told["issuer"], told["client_id"])


def test_within_few_pages_unchanged_programs_have_a_valid_id_token(
    new_visitor: NewVisitor, served: Served, tmp_path: Path
) -> None:
    visitor, redirect_uri = new_visitor(), f"http://127.0.0.1:{free_port()}/callback"
    _register(visitor, served, redirect_uri)
    told = _download(visitor, tmp_path)
    _signs_in(visitor, "authlib", tmp_path, told)
    pages = [seen for seen in visitor.seen if seen.url.startswith(served.issuer)]
    assert len(pages) <= MOST_PAGES
    assert visitor.typed <= MOST_TYPED_FIELDS
    _signs_in(visitor, "openid-client", tmp_path, told)
