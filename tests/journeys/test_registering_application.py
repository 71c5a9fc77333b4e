"""Registering a web application, with mistakes on the way, changing it, and its credentials."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import expect

from tests.clients.pictures import picture
from tests.journeys.conftest import NewVisitor
from tests.journeys.partner import begin
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served

KIND = "What kind of application is it?"
NEW = "Add an application"
READY = "Your application is ready"
LIFE = "How long is the secret good?"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
MADE = "Your new secret"
LEAKED = "The secret has leaked"
KEYS = "Your public keys"
NAMES = "Name and pages"
TOLD = "What residents are told of email"


def test_a_web_application_is_registered_changed_and_closed(
    new_visitor: NewVisitor, served: Served, tmp_path: Path, callback_port: int
) -> None:
    developer = new_visitor(narrow=True)
    begin(developer, served)
    developer.press("Applications", "link")
    _add(developer)
    _draw(developer, tmp_path / "logo.png")
    _change(developer)
    _register_old_user_ids(developer)
    _make_second_secret(developer)
    _end_secrets(developer)
    _take_keys_and_go_back(developer, callback_port)
    _close(developer)


def _add(developer: Visitor) -> None:
    developer.press(NEW)
    developer.leave_unanswered("A website with a server of its own")
    developer.press("Continue")
    developer.expect_page(f"Error: {KIND}", KIND)
    developer.choose("A website with a server of its own")
    developer.press("Continue")
    _register(developer)


def _register(developer: Visitor) -> None:
    developer.expect_page(NEW, NEW)
    developer.fill("Redirect URIs", "https://*.example.org/callback")
    developer.page.get_by_label("Name of the application").focus()
    # Said as soon as the box is left, before anything was sent.
    expect(developer.page.get_by_role("main")).to_contain_text("must not have a wildcard")
    developer.press("Create the application")
    developer.expect_page(f"Error: {NEW}", NEW)
    developer.fill("Name of the application", "Bin Days")
    _type_and_press_slowly(developer, "http://localhost:9000/callback", "Create the application")
    developer.expect_page(READY, READY)
    assert SECRET.fullmatch(developer.page.locator("#client-secret").inner_text())


def _type_and_press_slowly(developer: Visitor, redirect_uri: str, name: str) -> None:
    """As people do, who hold a button for a moment: what was said of the box has gone by then."""
    page = developer.page
    page.get_by_label("Redirect URIs").select_text()
    page.keyboard.type(redirect_uri)
    button = page.get_by_role("button", name=name, exact=True)
    button.hover()
    with page.expect_response(lambda answer: "checking=yes" in (answer.request.post_data or "")):
        page.mouse.down()
    page.wait_for_timeout(300)
    with page.expect_navigation(wait_until="load"):
        page.mouse.up()
    developer.look_again()


def _draw(developer: Visitor, file: Path) -> None:
    developer.press("See and change what is registered", "link")
    developer.expect_page("Overview", "Overview")
    developer.press("Change the logo", "link")
    developer.press("Save")
    developer.expect_page("Error: Logo", "Logo")
    file.write_bytes(picture())
    developer.page.get_by_label("Choose a picture").set_input_files(file)
    developer.press("Save")
    shown = developer.page.get_by_role("img", name="Logo")
    assert shown.evaluate("picture => picture.naturalWidth") == 40


def _change(developer: Visitor) -> None:
    developer.press("Change name and pages", "link")
    developer.fill("Name of the application", "")
    developer.press("Save")
    developer.expect_page(f"Error: {NAMES}", NAMES)
    developer.fill("Name of the application", "Bin Days")
    developer.press("Save")
    developer.press("Change email", "link")
    developer.fill("What for?", "")
    developer.press("Save")
    developer.expect_page(f"Error: {TOLD}", TOLD)
    developer.fill("What for?", "To tell you when your bins are emptied")
    developer.press("Save")
    expect(developer.page.get_by_role("main")).to_contain_text("when your bins are emptied")


def _make_second_secret(developer: Visitor) -> None:
    developer.press("Credentials", "link")
    developer.expect_page("Credentials", "Credentials")
    assert not SECRET.search(developer.page.get_by_role("main").inner_text())
    developer.press("Make a new secret")
    developer.leave_unanswered("365 days")
    developer.press("Make the secret")
    developer.expect_page(f"Error: {LIFE}", LIFE)
    developer.choose("90 days")
    developer.press("Make the secret")
    developer.expect_page(MADE, MADE)
    assert SECRET.fullmatch(developer.page.locator("#client-secret").inner_text())
    developer.press("I have copied it", "link")
    expect(developer.page.get_by_role("main")).to_contain_text("Two secrets can be good at once")


def _end_secrets(developer: Visitor) -> None:
    developer.follow_first("End the secret")
    developer.expect_heading("End this secret at once?")
    developer.press("End the secret")
    developer.press("A secret has leaked", "link")
    developer.press("End the secret and tell the council")
    developer.expect_page(f"Error: {LEAKED}", LEAKED)
    developer.choose("For an hour at most")
    developer.press("End the secret and tell the council")
    developer.expect_page("Leaked secret", "Leaked secret")


def _register_old_user_ids(developer: Visitor) -> None:
    developer.press("Connect it", "link")
    developer.press("Old user IDs", "link")
    developer.expect_page("Old user IDs", "Old user IDs")
    developer.press("Register old user IDs")
    register = "Register old user IDs"
    developer.press("Register")
    developer.expect_page(f"Error: {register}", register)
    developer.fill("Old user IDs", "ann.1970\nben.1971")
    developer.press("Register")
    developer.expect_page("Old user IDs", "Old user IDs")
    developer.press("Delete all", "link")
    developer.expect_page("Delete old user IDs", "Delete old user IDs")
    developer.press("Delete them")
    developer.expect_page("Old user IDs", "Old user IDs")


def _take_keys_and_go_back(developer: Visitor, port: int) -> None:
    developer.press("Credentials", "link")
    expect(developer.page.get_by_role("main")).to_contain_text("None: the application cannot")
    developer.press("Use a key of your own instead of a secret", "link")
    developer.press("Save")
    developer.expect_page(f"Error: {KEYS}", KEYS)
    key = {"kty": "OKP", "crv": "Ed25519", "kid": "bins", "x": "B" * 42 + "A"}
    with _serving_keys(port, {"keys": [key]}):
        developer.fill("Address of the keys (jwks_uri)", f"http://127.0.0.1:{port}/keys")
        developer.press("Save")
        developer.press("Look at the keys there now")
        expect(developer.page.get_by_role("main")).to_contain_text("bins")
    developer.press("Back to the credentials", "link")
    developer.press("Use a secret instead of a key", "link")
    developer.press("Make the secret")
    developer.expect_page(MADE, MADE)


def _close(developer: Visitor) -> None:
    developer.press("Overview", "link")
    developer.press("Close this application", "link")
    developer.press("Close the application")
    developer.expect_heading("Applications")


@contextmanager
def _serving_keys(port: int, keys: dict[str, list[dict[str, str]]]) -> Iterator[None]:
    """Answer every request at this port by these keys, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(keys).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/jwk-set+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet."""

    with HTTPServer(("127.0.0.1", port), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
