"""An owner tries a sign-in, sees what was asked, and gives a program a token of the API."""

import json
from base64 import urlsafe_b64encode

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.partner import PARKING, begin
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, run_command

TRY = "Try a sign-in"
CHOOSE = f"Sign in to {PARKING} as a test resident"
TOKEN = "Make an API token"
# What was sent to the application, as if its server had been there to answer.
_SENT = """
from clients.models import Application
from tests.factories import event_stream
from tests.idp.portal.test_deliveries import delivery, security_event
application = Application.objects.get(slug="{slug}")
delivery(application)
security_event(event_stream(application))
"""


def test_an_owner_tries_a_sign_in_and_sees_what_the_provider_saw_of_it(
    new_visitor: NewVisitor, served: Served
) -> None:
    owner = new_visitor(narrow=True)
    begin(owner, served)
    _connect(owner)
    _try(owner)
    _read_a_token(owner)
    _find_the_request(owner)
    _look_around(owner, served)
    _make_a_token(owner)


def _connect(owner: Visitor) -> None:
    owner.press("Connect it, with a program to start from", "link")
    owner.expect_page("Connect it", "Connect it")
    owner.press("Authlib", "link")
    owner.expect_page("Start with Authlib", "Start with Authlib")


def _try(owner: Visitor) -> None:
    owner.press("Try it", "link")
    owner.expect_page(TRY, TRY)
    # As whoever sends forms by other means than this page.
    owner.page.get_by_label("max_age").evaluate("field => field.removeAttribute('maxlength')")
    owner.fill("max_age", "9" * 21)
    owner.press("Send the request")
    owner.expect_page(f"Error: {TRY}", TRY)
    owner.fill("max_age", "")
    owner.press("Send the request")
    owner.expect_page(CHOOSE, CHOOSE)
    chosen = owner.page.get_by_role("radio", checked=True)
    chosen.evaluate("radio => { radio.checked = false; }")
    owner.press("Sign in")
    owner.expect_page(f"Error: {CHOOSE}", CHOOSE)
    owner.page.get_by_role("radio").first.check()
    owner.press("Sign in")
    owner.press("Share and continue")
    owner.expect_page("What came back", "What came back")
    expect(owner.page.get_by_role("main")).to_contain_text("The ID token has not expired.")
    expect(owner.page.get_by_role("main")).not_to_contain_text("Failed")


def _read_a_token(owner: Visitor) -> None:
    owner.press("Try another", "link")
    owner.press("Read an ID token that your own client got", "link")
    owner.expect_page("Read an ID token", "Read an ID token")
    _read(owner, "no token")
    expect(owner.page.get_by_role("main")).to_contain_text("This is no signed token")
    owner.look_again()
    parts: tuple[dict[str, object], ...] = (
        {"alg": "ES256", "kid": "unknown"},
        {"iss": "https://<b>.example", "exp": 1},
    )
    _read(owner, ".".join([*map(_part, parts), "c2ln"]))
    expect(owner.page.get_by_role("main")).to_contain_text("None of our keys has the kid")
    expect(owner.page.get_by_role("main")).to_contain_text("https://<b>.example")
    owner.look_again()


def _part(members: dict[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()


def _read(owner: Visitor, token: str) -> None:
    owner.fill("ID token", token)
    owner.page.get_by_role("button", name="Read it").click()


def _find_the_request(owner: Visitor) -> None:
    owner.press("Requests", "link")
    owner.expect_page("Requests", "Requests")
    owner.fill("Help code", "none")
    owner.press("Find the request")
    owner.expect_page("Error: Requests", "Requests")
    owner.follow("The resident signed in")
    owner.expect_page("A request", "A request")


def _look_around(owner: Visitor, served: Served) -> None:
    slug = owner.page.url.partition("/applications/")[2].partition("/")[0]
    run_command(served.environment, "shell", "--no-imports", "-c", _SENT.format(slug=slug))
    owner.press("Deliveries", "link")
    owner.expect_page("Sign-outs", "Sign-outs")
    _send_again(owner)
    owner.expect_page("Sign-outs", "Sign-outs")
    owner.press("Events of its stream", "link")
    owner.expect_page("Events", "Events")
    _send_again(owner)
    owner.expect_page("Events", "Events")
    owner.press("Figures", "link")
    owner.expect_page("Figures", "Figures")
    owner.press("Show the last 48 hours", "link")
    owner.expect_page("Figures", "Figures")


def _send_again(owner: Visitor) -> None:
    owner.follow("Send again")
    owner.expect_page("Send it again", "Send it again")
    owner.press("Send again")


def _make_a_token(owner: Visitor) -> None:
    owner.press("API tokens", "link")
    owner.expect_page("API tokens", "API tokens")
    owner.press("Make a token")
    owner.expect_page(TOKEN, TOKEN)
    owner.press("Make the token")
    owner.expect_page(f"Error: {TOKEN}", TOKEN)
    owner.fill("What the token is for", "Nightly check")
    owner.press("Make the token")
    owner.expect_page("Your API token", "Your API token")
    token = owner.page.locator("#api-token").inner_text()
    owner.press("All tokens", "link")
    assert token not in owner.page.content()
    owner.press("End Nightly check", "link")
    end = "Do you want to end this token?"
    owner.expect_page(end, end)
    owner.press("End the token")
    expect(owner.page.get_by_role("main")).to_contain_text("has no token in use")
