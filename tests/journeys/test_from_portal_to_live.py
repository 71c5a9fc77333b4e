"""A developer who is new here: a working client, and four mistakes mended as the portal says.

The programs run unchanged; all that they read is the file that the portal hands out.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.meddling import Sent, meddling, untouched
from tests.journeys.partner import APPLICATION, download, register, top_entry
from tests.journeys.programs import running, tell, told
from tests.journeys.sign_up import Person
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, free_port

MOST_PAGES = 8
MOST_TYPED_FIELDS = 10
CAME_BACK = "You can close this page."
UNKNOWN_ADDRESS = "There is a problem with the service you came from"
TRY = "Try a sign-in"
RETURNED = "What came back"
OTHER = "of-another-sign-in-of-another-sign-in-of-another"


def test_a_new_developer_mends_each_mistake_as_the_portal_says(
    new_visitor: NewVisitor, served: Served, tmp_path: Path
) -> None:
    developer, redirect_uri = new_visitor(), f"http://127.0.0.1:{free_port()}/callback"
    register(developer, served, Person(name="Dev Patel"), redirect_uri)
    download(developer, tmp_path)
    _sign_in(developer, "authlib", tmp_path)
    pages = [seen for seen in developer.seen if seen.url.startswith(served.issuer)]
    assert len(pages) <= MOST_PAGES
    assert developer.typed <= MOST_TYPED_FIELDS
    _sign_in(developer, "openid-client", tmp_path)

    home = _home(developer, served)
    _break_redirect_uri(developer, home, tmp_path)
    _break_secret(developer, home, tmp_path)
    _break_verifier(developer, home, tmp_path)
    _break_nonce(developer, home, tmp_path)


def _sign_in(
    developer: Visitor, key: str, folder: Path, environment: Mapping[str, str] | None = None
) -> None:
    with running(key, folder, environment) as program:
        developer.open(program.address)
        # The second time Maya is signed in and has agreed already.
        if developer.on_provider():
            developer.expect_heading(f"Sign in to {APPLICATION} as a test resident")
            developer.press("Sign in")
            developer.press("Share and continue")
        expect(developer.page.locator("body")).to_have_text(CAME_BACK)
        claims, settings = program.claims(), told(folder)
    assert (claims["iss"], claims["aud"]) == (settings["issuer"], settings["client_id"])


def _complaint(
    developer: Visitor, key: str, folder: Path, environment: Mapping[str, str] | None = None
) -> str:
    """Return what the program says once its resident is back, and what it makes of that is bad."""
    with running(key, folder, environment) as program:
        developer.open(program.address)
        expect(developer.page.locator("body")).to_have_text(CAME_BACK)
        return program.complaint()


def _home(developer: Visitor, served: Served) -> str:
    developer.open(f"{served.issuer}/organisations")
    developer.follow("Riverside Choir")
    developer.press(APPLICATION, "link")
    return developer.page.url


def _break_redirect_uri(developer: Visitor, home: str, folder: Path) -> None:
    moved = told(folder)["redirect_uri"].replace("/callback", "/signed-in")
    tell(folder, redirect_uri=moved)
    with running("authlib", folder) as program:
        developer.open(program.address)
        developer.expect_page(UNKNOWN_ADDRESS, UNKNOWN_ADDRESS)
    fix = top_entry(developer, home, f"is none of this application’s: {moved}")
    named = re.fullmatch(
        r"If this address is your own, add (\S+) to the redirect URIs of this application, "
        r"exactly as it is here\.",
        fix,
    )
    assert named
    developer.press("Change addresses", "link")
    registered = developer.page.get_by_label("Redirect URIs").input_value()
    developer.fill("Redirect URIs", f"{registered}\n{named[1]}")
    developer.press("Save")
    developer.expect_heading("Overview")
    _sign_in(developer, "authlib", folder)


def _break_secret(developer: Visitor, home: str, folder: Path) -> None:
    tell(folder, client_secret=OTHER)
    assert "invalid_client" in _complaint(developer, "openid-client", folder)
    fix = top_entry(developer, home, "The client secret is wrong.")
    assert "or make a new one on its credentials page" in fix
    developer.press("See its credentials", "link")
    developer.press("Make a new secret")
    developer.press("Make the secret")
    download(developer, folder)
    _sign_in(developer, "openid-client", folder)


def _break_verifier(developer: Visitor, home: str, folder: Path) -> None:
    with meddling() as between:
        between.change = _with_another_verifier
        assert "invalid_grant" in _complaint(developer, "authlib", folder, between.environment)
        fix = top_entry(developer, home, "The code_verifier does not fit the code_challenge")
        assert fix == "Send the code_verifier from which this sign-in’s code_challenge was made."
        between.change = untouched
        _sign_in(developer, "authlib", folder, between.environment)


def _with_another_verifier(sent: Sent) -> Sent:
    return {**sent, "code_verifier": OTHER} if "code_verifier" in sent else sent


def _break_nonce(developer: Visitor, home: str, folder: Path) -> None:
    """Let the program get an ID token of another nonce than its own, as from a stored address."""
    with running("openid-client", folder) as program:
        sent = parse_qs(urlsplit(program.address).query)["nonce"][0]
        developer.open(program.address.replace(sent, OTHER))
        expect(developer.page.locator("body")).to_have_text(CAME_BACK)
        assert "nonce" in program.complaint()
    # The provider cannot know which nonce a client keeps: the tester shows both.
    developer.open(f"{home}/tester")
    developer.page.get_by_label("What the client does wrong").select_option("nonce")
    developer.press("Send the request")
    developer.expect_page(RETURNED, RETURNED)
    main = developer.page.get_by_role("main")
    expect(main).to_contain_text("The nonce in the ID token is not the one that the client expects")
    fix = "Keep the nonce that you send with the browser’s session, and compare with that one."
    expect(main).to_contain_text(fix)
    developer.press("Try another", "link")
    developer.press("Send the request")
    expect(main).to_contain_text("The nonce in the ID token is the one that the client expects.")
    expect(main).not_to_contain_text("Failed")
    _sign_in(developer, "openid-client", folder)
