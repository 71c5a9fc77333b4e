"""A developer tries a service as a test resident, and stays signed in to the portal meanwhile."""

import re
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories import challenge
from tests.journeys.conftest import NewVisitor
from tests.journeys.partner import PARKING
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served

CALLBACK = "http://127.0.0.1:9/callback"
BANNER = "This is a test service (sandbox) of"


def test_a_developer_tries_a_service_as_a_test_resident(
    new_visitor: NewVisitor, served: Served
) -> None:
    address, name = f"dee.{uuid4().hex[:8]}@mail.example", f"Trust {uuid4().hex[:8]}"
    made = served.manage("account", "create", "--email", address, "--name", "Dee Developer")
    developer = new_visitor(narrow=True)
    developer.open(f"{served.issuer}/partners/new")
    sign_in(developer, address, made["password"])
    developer.fill("Name of your organisation", name)
    developer.fill("Name of the application", PARKING)
    developer.page.get_by_label("Redirect URIs").fill(CALLBACK)
    developer.press("Create both")
    (organisation,) = (row for row in served.manage("organisation", "list") if row["name"] == name)
    (application,) = organisation["applications"]
    place = f"{served.issuer}/organisations/{organisation['organisation']}/test-residents"

    developer.open(place)
    developer.expect_page("Test residents", "Test residents")
    developer.press("Maya Example", "link")
    developer.expect_page("Maya Example", "Maya Example")
    known = _known(developer)

    client_id = served.manage("application", "show", application)["client_id"]
    developer.open(f"{served.issuer}/authorize?{urlencode(_request(client_id))}")
    # Whoever looks after the organisation may choose; this one sees what others see.
    developer.expect_heading(f"Sign in to {PARKING} as a test resident")
    developer.press("Type name and password instead")
    developer.expect_page(f"Sign in to {PARKING}", f"Sign in to {PARKING}")
    assert f"{BANNER} {name}" in developer.page.locator("body").inner_text()
    sign_in(developer, address, made["password"])
    developer.expect_page(f"Error: Sign in to {PARKING}", f"Sign in to {PARKING}")
    sign_in(developer, known["Sign-in name"], known["Password"])
    developer.fill("Code from your app", known["Code after that"])
    developer.press("Continue")
    developer.expect_heading(f"Share your details with {PARKING}")
    assert f"{BANNER} {name}" in developer.page.locator("body").inner_text()
    assert known["Sign-in name"] in developer.page.locator("main").inner_text()

    developer.open(place)
    developer.expect_page("Test residents", "Test residents")
    assert BANNER not in developer.page.locator("body").inner_text()


def _known(developer: Visitor) -> dict[str, str]:
    """Return what the page says that the test resident signs in with."""
    found: dict[str, str] = {}
    for row in developer.page.locator(".govuk-summary-list__row").all():
        key, value = row.locator("dt").inner_text(), row.locator("dd").first.inner_text()
        found[key] = re.split(r"\s", value.strip())[0]
    return found


def _request(client_id: str) -> dict[str, str]:
    return {
        "client_id": client_id,
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid",
        "state": "s",
        "nonce": "n",
        "code_challenge": challenge(),
        "code_challenge_method": "S256",
    }
