"""A developer who is new here: a working client, mistakes mended as the portal says, and residents.

The programs run unchanged; all that they read is the file that the portal hands out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import expect

from tests.clients.organisations.name_server import Records
from tests.interop.programs.meddling import Sent, meddling, untouched
from tests.journeys import going_live
from tests.journeys.conftest import NARROW, NewVisitor
from tests.journeys.partner import Names, download, register, top_entry
from tests.journeys.programs import running, tell, told
from tests.journeys.sign_up import Person, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, free_port

MOST_PAGES = 8
MOST_TYPED_FIELDS = 10
CAME_BACK = "You can close this page."
UNKNOWN_ADDRESS = "There is a problem with the service you came from"
RETURNED = "What came back"
READY = "Your application is live"
OTHER = "of-another-sign-in-of-another-sign-in-of-another"
_HOSTS = Path(__file__).parent / "hosts.cjs"


@dataclass
class Developer:
    """Somebody at the portal, and the folder that their programs run in; `home` in the portal."""

    visitor: Visitor
    folder: Path
    names: Names
    home: str = ""

    def sign_in(self, key: str, environment: Mapping[str, str] | None = None) -> None:
        """Have a program sign a test resident in."""
        with running(key, self.folder, environment) as program:
            self.visitor.open(program.address)
            # Later Maya is signed in, and has agreed already.
            if self.visitor.on_provider():
                self.visitor.expect_heading(
                    f"Sign in to {self.names.application} as a test resident"
                )
                self.visitor.press("Sign in")
                self.visitor.press("Share and continue")
            self.come_back()
            claims, settings = program.claims(), told(self.folder)
        assert (claims["iss"], claims["aud"]) == (settings["issuer"], settings["client_id"])

    def complaint(self, key: str, environment: Mapping[str, str] | None = None) -> str:
        """Return what a program says whose resident came back, and who gets no ID token."""
        with running(key, self.folder, environment) as program:
            self.visitor.open(program.address)
            self.come_back()
            return program.complaint()

    def come_back(self) -> None:
        """See that the browser is back at the program."""
        expect(self.visitor.page.locator("body")).to_have_text(CAME_BACK)


def test_from_the_portals_door_by_mended_mistakes_to_residents(
    new_visitor: NewVisitor, served: Served, txt_records: Records, tmp_path: Path
) -> None:
    developer = _new(new_visitor(), served, tmp_path)
    visitor = developer.visitor
    council = going_live.council(served)
    _break_redirect_uri(developer)
    _break_secret(developer)
    _refuse_to_share(developer)
    _break_nonce(developer)
    _break_verifier(developer)

    visitor.page.set_viewport_size(NARROW)
    domain = f"{developer.home.rpartition('/')[2]}.example.org"
    going_live.explain_scopes(visitor, developer.home)
    going_live.prove_domain(visitor, txt_records, domain)
    going_live.add_owner(visitor, new_visitor, served, Person().address)
    callback = f"https://{domain}:{free_port()}/callback"
    visitor.open(f"{developer.home}/live")
    going_live.ask(visitor, served, council, callback, f"https://{domain}/privacy")
    going_live.comment(visitor)
    service, governance = council.come_in(new_visitor, served)
    name = developer.names.application
    going_live.ask_why(service, name)
    going_live.approve(service, "Service owner")
    governance.press(name, "link")
    going_live.approve(governance, "Information governance")
    _take(developer, served, tmp_path / "live")
    _resident_signs_in(new_visitor(narrow=True), served, tmp_path / "live", name)
    visitor.press("Go to the live application", "link")
    visitor.press("Changes and agreement", "link")
    going_live.look_at_logo(visitor)
    going_live.end(visitor)


def _new(visitor: Visitor, served: Served, folder: Path) -> Developer:
    """Go from the portal's door to two working programs, within few pages."""
    redirect_uri = f"http://127.0.0.1:{free_port()}/callback"
    names = register(visitor, served, Person(name="Dev Patel"), redirect_uri)
    developer = Developer(visitor, folder, names)
    download(visitor, folder)
    developer.sign_in("authlib")
    assert sum(seen.url.startswith(served.issuer) for seen in visitor.seen) <= MOST_PAGES
    assert visitor.typed <= MOST_TYPED_FIELDS
    developer.sign_in("openid-client")
    visitor.open(f"{served.issuer}/organisations")
    visitor.press(names.organisation, "link")
    visitor.press(names.application, "link")
    developer.home = visitor.page.url
    return developer


def _break_redirect_uri(developer: Developer) -> None:
    visitor, folder = developer.visitor, developer.folder
    moved = told(folder)["redirect_uri"].replace("/callback", "/signed-in")
    tell(folder, redirect_uri=moved)
    with running("authlib", folder) as program:
        visitor.open(program.address)
        visitor.expect_page(UNKNOWN_ADDRESS, UNKNOWN_ADDRESS)
    fix = top_entry(visitor, developer.home, f"is none of this application’s: {moved}")
    named = re.fullmatch(
        r"If this address is your own, add (\S+) to the redirect URIs of this application, "
        r"exactly as it is here\.",
        fix,
    )
    assert named
    visitor.press("Change addresses", "link")
    registered = visitor.page.get_by_label("Redirect URIs").input_value()
    visitor.fill("Redirect URIs", f"{registered}\n{named[1]}")
    visitor.press("Save")
    visitor.expect_heading("Overview")
    developer.sign_in("authlib")


def _break_secret(developer: Developer) -> None:
    visitor, folder = developer.visitor, developer.folder
    tell(folder, client_secret=OTHER)
    assert "invalid_client" in developer.complaint("openid-client")
    fix = top_entry(visitor, developer.home, "The client secret is wrong.")
    assert "or make a new one on its credentials page" in fix
    visitor.press("See its credentials", "link")
    visitor.press("Make a new secret")
    visitor.press("Make the secret")
    download(visitor, folder)
    developer.sign_in("openid-client")


def _refuse_to_share(developer: Developer) -> None:
    """As the checklist wants it: access_denied first, and a sign-in after it."""
    visitor = developer.visitor
    visitor.open(f"{developer.home}/tester")
    visitor.page.get_by_label("prompt").select_option("consent")
    visitor.press("Send the request")
    visitor.press("Do not share")
    visitor.press("Leave without sharing")
    visitor.expect_page(RETURNED, RETURNED)
    expect(visitor.page.get_by_role("main")).to_contain_text("The resident chose not to share.")


def _break_nonce(developer: Developer) -> None:
    """Let a program get an ID token of another nonce than its own, as from a stored address."""
    visitor = developer.visitor
    with running("openid-client", developer.folder) as program:
        sent = parse_qs(urlsplit(program.address).query)["nonce"][0]
        visitor.open(program.address.replace(sent, OTHER))
        developer.come_back()
        assert "nonce" in program.complaint()
    # The provider cannot know which nonce a client keeps: the tester shows both.
    visitor.open(f"{developer.home}/tester")
    visitor.page.get_by_label("What the client does wrong").select_option("nonce")
    visitor.press("Send the request")
    visitor.expect_page(RETURNED, RETURNED)
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("The nonce in the ID token is not the one that the client expects")
    fix = "Keep the nonce that you send with the browser’s session, and compare with that one."
    expect(main).to_contain_text(fix)
    visitor.press("Try another", "link")
    visitor.press("Send the request")
    expect(main).to_contain_text("The nonce in the ID token is the one that the client expects.")
    expect(main).not_to_contain_text("Failed")
    developer.sign_in("openid-client")


def _break_verifier(developer: Developer) -> None:
    with meddling() as between:
        between.change = _with_another_verifier
        assert "invalid_grant" in developer.complaint("authlib", between.environment)
        cause = "The code_verifier does not fit the code_challenge"
        fix = top_entry(developer.visitor, developer.home, cause)
        assert fix == "Send the code_verifier from which this sign-in’s code_challenge was made."
        between.change = untouched
        developer.sign_in("authlib", between.environment)


def _with_another_verifier(sent: Sent) -> Sent:
    return {**sent, "code_verifier": OTHER} if "code_verifier" in sent else sent


def _take(developer: Developer, served: Served, folder: Path) -> None:
    """Take the credentials of the live application, which wants more than a password."""
    visitor, live = developer.visitor, f"{developer.home}/live"
    # The page is as it was before the council answered.
    visitor.press("Take it back")
    assert visitor.page.title().startswith(f"Error: {going_live.GOING_LIVE} – ")
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("It has moved on meanwhile. It is now: Approved.")
    expect(main).to_contain_text("Why do you need the email address?")
    visitor.press("Take the credentials")
    going_live.add_passkey(visitor, served, live)
    visitor.press("Take the credentials")
    visitor.expect_page(READY, READY)
    folder.mkdir()
    download(visitor, folder)


def _resident_signs_in(resident: Visitor, served: Served, folder: Path, name: str) -> None:
    """Have the same program sign in somebody real."""
    person = Person()
    made = served.manage("account", "create", "--email", person.address, "--name", person.name)
    with running("openid-client", folder, {"NODE_OPTIONS": f"--require={_HOSTS}"}) as program:
        resident.open(program.address)
        sign_in(resident, person.address, made["password"])
        resident.expect_heading(f"Share your details with {name}")
        # To this browser the service's name leads nowhere. What it asks there is brought to the
        # program as the service's web server would, which speaks TLS for it.
        callback = urlsplit(told(folder)["redirect_uri"])
        with resident.page.expect_request(f"https://{callback.netloc}/**") as asked:
            resident.page.get_by_role("button", name="Share and continue").click()
        here = {"scheme": "http", "netloc": f"127.0.0.1:{callback.port}"}
        brought = urlsplit(asked.value.url)._replace(**here).geturl()
        assert httpx.get(brought).text == CAME_BACK
        assert program.claims()["aud"] == told(folder)["client_id"]
