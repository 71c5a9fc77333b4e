"""A service sends its request as a form of its own page, from another site."""

from html import escape

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.serving.provider import Served
from tests.serving.services import Services

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636 Appendix B


def test_a_posted_request_finds_the_session_that_is_there_already(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    [hub] = [app for app in services.demo["applications"] if app["key"] == "community-hub"]
    request = {
        "client_id": hub["client_id"],
        "redirect_uri": hub["redirect_uris"][0],
        "response_type": "code",
        "scope": "openid profile",
        "state": "posted",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in request.items()
    )
    # A page of no site at all: our cookies stay behind with its form (SameSite=Lax).
    resident.page.goto("about:blank")
    resident.page.set_content(
        f'<form method="post" action="{served.issuer}/authorize">{fields}<button>Go</button></form>'
    )
    resident.press("Go")
    resident.expect_heading("Share your details with Riverside Community Hub")
