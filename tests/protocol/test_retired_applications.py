"""An application that has retired, at every endpoint: nothing that it holds is good any more."""

import pytest

from clients.models import Application
from tests import factories
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident

pytestmark = pytest.mark.parametrize("status", ["retired", "closed"])


def _end(partner: Partner, status: str) -> None:
    """Set what the page reads alone, as if nothing had been ended with it."""
    Application.objects.filter(pk=partner.application.pk).update(status=status)
    partner.application.refresh_from_db()


def test_it_exchanges_refreshes_and_reads_nothing(status: str) -> None:
    partner = Partner.confidential()
    tokens, code = partner.tokens(), factories.grant(partner.application)
    _end(partner, status)
    assert refused(partner.exchange(code), "invalid_client", 401)
    assert refused(partner.refresh(tokens["refresh_token"]), "invalid_client", 401)
    assert partner.userinfo(tokens["access_token"]).status_code == 401


def test_it_pushes_asks_and_revokes_nothing(status: str) -> None:
    partner = Partner.confidential()
    token = partner.tokens()["access_token"]
    _end(partner, status)
    wanted = {"response_type": "code", "redirect_uri": factories.REDIRECT_URI, "scope": "openid"}
    for path, parameters in (
        ("/par", wanted),
        ("/introspect", {"token": token}),
        ("/revoke", {"token": token}),
        ("/token", {"grant_type": "client_credentials"}),
    ):
        answer = partner.post(path, parameters)
        assert (answer.status_code, body(answer)["error"]) == (401, "invalid_client"), path


def test_a_screen_of_it_gets_no_code(status: str) -> None:
    screen = Partner.public(grant_types=["urn:ietf:params:oauth:grant-type:device_code"])
    _end(screen, status)
    answer = screen.post("/device-authorization", {"scope": "openid"})
    assert body(answer)["error"] == "invalid_client"
    assert answer.status_code in {400, 401}


def test_it_signs_nobody_in_nor_sends_anybody_back(status: str) -> None:
    partner, resident = Partner.confidential(), Resident()
    resident.sign_in(factories.account("ann@example.org"))
    _end(partner, status)
    page = resident.ask(partner.application)
    assert page.status_code in {200, 400, 410}
    assert "Location" not in page.headers
    back = partner.application.post_logout_redirect_uris.split()[0]
    query = f"client_id={partner.application.client_id}&post_logout_redirect_uri={back}"
    assert back not in resident.get(f"/logout?{query}").headers.get("Location", "")
