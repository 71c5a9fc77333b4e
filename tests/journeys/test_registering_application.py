"""Registering a web application, with mistakes on the way, and giving it a second secret."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import expect

from tests.clients.pictures import picture
from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served

KIND = "What kind of application is it?"
NEW = "Add an application"
READY = "Your application is ready"
LIFE = "How long is the secret good?"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def test_a_web_application_is_registered_and_gets_a_second_secret(
    new_visitor: NewVisitor, served: Served, tmp_path: Path
) -> None:
    developer = new_visitor(narrow=True)
    _sign_in(developer, served)
    developer.press(NEW)
    developer.leave_unanswered("A website with a server of its own")
    developer.press("Continue")
    developer.expect_page(f"Error: {KIND}", KIND)
    developer.choose("A website with a server of its own")
    developer.press("Continue")
    _register(developer)
    first = developer.page.locator("#client-secret").inner_text()
    assert SECRET.fullmatch(first)
    _draw(developer, tmp_path / "logo.png")
    developer.press("Credentials", "link")
    developer.expect_page("Credentials", "Credentials")
    assert first not in developer.page.content()
    developer.press("Make a new secret")
    developer.leave_unanswered("365 days")
    developer.press("Make the secret")
    developer.expect_page(f"Error: {LIFE}", LIFE)
    developer.choose("90 days")
    developer.press("Make the secret")
    developer.expect_page("Your new secret", "Your new secret")
    second = developer.page.locator("#client-secret").inner_text()
    assert SECRET.fullmatch(second)
    assert second != first
    developer.press("I have copied it", "link")
    expect(developer.page.get_by_role("main")).to_contain_text("Two secrets can be good at once")


def _sign_in(developer: Visitor, served: Served) -> None:
    address, name = f"dee.{uuid4().hex[:8]}@mail.example", f"Trust {uuid4().hex[:8]}"
    made = served.manage("account", "create", "--email", address, "--name", "Dee Developer")
    developer.open(f"{served.issuer}/partners/new")
    sign_in(developer, address, made["password"])
    developer.fill("Name of your organisation", name)
    developer.fill("Name of the application", "Parking")
    developer.fill("Redirect URIs", "http://127.0.0.1:9/callback")
    developer.press("Create both")
    developer.press("Applications", "link")


def _register(developer: Visitor) -> None:
    developer.expect_page(NEW, NEW)
    developer.fill("Redirect URIs", "https://*.example.org/callback")
    developer.page.get_by_label("Name of the application").focus()
    # Said as soon as the box is left, before anything was sent.
    expect(developer.page.get_by_role("main")).to_contain_text("must not have a wildcard")
    developer.press("Create the application")
    developer.expect_page(f"Error: {NEW}", NEW)
    developer.fill("Name of the application", "Bin Days")
    developer.fill("Redirect URIs", "http://localhost:9000/callback")
    developer.press("Create the application")
    developer.expect_page(READY, READY)


def _draw(developer: Visitor, file: Path) -> None:
    developer.press("Overview", "link")
    developer.expect_page("Overview", "Overview")
    developer.press("Change the logo", "link")
    developer.press("Save")
    developer.expect_page("Error: Logo", "Logo")
    file.write_bytes(picture())
    developer.page.get_by_label("Choose a picture").set_input_files(file)
    developer.press("Save")
    shown = developer.page.get_by_role("img", name="Logo")
    assert shown.evaluate("picture => picture.naturalWidth") == 40
