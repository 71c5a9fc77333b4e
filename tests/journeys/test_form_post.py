"""A service that wants its answer as a form gets it so, in a browser that holds to our policy."""

from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import Request, Route

from tests.journeys.conftest import NewVisitor
from tests.serving.provider import Served
from tests.serving.services import Services

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636 Appendix B


@pytest.mark.parametrize("scripts", [True, False])
def test_the_answer_is_posted_by_itself_or_by_a_press(
    new_visitor: NewVisitor, served: Served, services: Services, *, scripts: bool
) -> None:
    resident = new_visitor(narrow=True, scripts=scripts)
    [hub] = [app for app in services.demo["applications"] if app["key"] == "community-hub"]
    redirect_uri = hub["redirect_uris"][0]
    request = {
        "client_id": hub["client_id"],
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "response_mode": "form_post",
        "scope": "openid",
        "state": "posted",
        "prompt": "none",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    arrived: list[Request] = []

    def take(route: Route) -> None:
        arrived.append(route.request)
        route.fulfill(content_type="text/html", body="<h1>Arrived</h1>")

    resident.page.route(redirect_uri, take)
    address = f"{served.issuer}/authorize?{urlencode(request)}"
    if scripts:
        resident.page.goto(address)
    else:
        resident.open(address)
        resident.expect_heading("Go back to Riverside Community Hub")
        resident.page.get_by_role("button", name="Continue").click()
    resident.page.get_by_role("heading", name="Arrived").wait_for()
    [answer] = arrived
    assert (answer.method, answer.url) == ("POST", redirect_uri)
    fields = parse_qs(answer.post_data or "")
    assert fields["error"] == ["login_required"]
    assert fields["state"] == ["posted"]
    assert answer.headers.get("referer", "") in {"", f"{served.issuer}/"}
