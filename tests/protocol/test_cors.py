"""Which web pages may read answers: the profile's rules for cross-origin requests."""

import pytest
from django.test import Client

from clients.models import Application, Organisation
from idp.machine_endpoints import _VIEWS
from tests import factories
from tests.protocol.partner import FORM, Partner
from tests.protocol.resident import parameters

ORIGIN = "https://service.example.org"
DISCOVERY = "/.well-known/openid-configuration"


def preflight(path: str, origin: str = ORIGIN) -> str | None:
    response = Client(headers={"host": "localhost"}).options(path, headers={"Origin": origin})
    assert response.status_code == 204
    assert "Access-Control-Allow-Credentials" not in response
    return response.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("path", [DISCOVERY, "/.well-known/oauth-authorization-server", "/jwks"])
def test_any_page_may_read_what_is_public(path: str) -> None:
    assert preflight(path, "https://anywhere.example") == "*"
    response = Client(headers={"host": "localhost"}).get(path)
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/token", "/userinfo", "/revoke", "/par"])
class TestPreflight:
    """A browser's question before the request: no application is named yet."""

    def test_a_page_of_a_public_application_may_ask(self, path: str) -> None:
        factories.application(public=True)
        assert preflight(path) == ORIGIN

    @pytest.mark.parametrize(
        "origin",
        [
            *("https://service.example", "https://evil.example", "http://service.example.org"),
            *("https://service.example.org:8443", "null", "", "https://"),
            *("x" * 1000, "https://service.example.org/callback"),
        ],
    )
    def test_another_page_may_not(self, path: str, origin: str) -> None:
        factories.application(public=True)
        assert preflight(path, origin) is None

    def test_a_page_of_a_confidential_application_may_not(self, path: str) -> None:
        factories.application()
        assert preflight(path) is None

    @pytest.mark.parametrize("model", [Application, Organisation])
    def test_a_page_of_a_suspended_one_may_not(
        self, path: str, model: type[Application | Organisation]
    ) -> None:
        factories.application(public=True)
        model.objects.update(status="suspended")
        assert preflight(path) is None


OPEN = {DISCOVERY, "/.well-known/oauth-authorization-server", "/jwks", "/trustmark"}
OPEN |= {"/.well-known/ssf-configuration"}
NAMED = {"/token", "/userinfo", "/revoke", "/par"}


@pytest.mark.parametrize("path", sorted(set(_VIEWS) - OPEN - NAMED))
def test_no_page_reads_any_other_endpoint(path: str) -> None:
    application = factories.application(public=True)
    http = Client(headers={"host": "localhost", "Origin": ORIGIN})
    answers = [
        http.options(path),
        http.get(path),
        http.post(path, f"client_id={application.client_id}", content_type=FORM),
    ]
    assert not any("Access-Control-Allow-Origin" in answer for answer in answers)


class TestRequest:
    """The request itself: the application it names decides."""

    def test_the_page_of_the_named_application_reads_the_answer(
        self, public_partner: Partner
    ) -> None:
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.exchange(factories.grant(public_partner.application))
        assert response["Access-Control-Allow-Origin"] == ORIGIN
        assert response["Vary"] == "Origin"
        token = response.json()["access_token"]
        assert public_partner.userinfo(token)["Access-Control-Allow-Origin"] == ORIGIN
        assert public_partner.revoke(token)["Access-Control-Allow-Origin"] == ORIGIN

    def test_it_reads_that_its_request_was_kept(self, public_partner: Partner) -> None:
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.post("/par", parameters(public_partner.application))
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (201, ORIGIN)

    @pytest.mark.parametrize("path", ["/token", "/revoke", "/par"])
    def test_it_reads_refusals_too(self, public_partner: Partner, path: str) -> None:
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.post(path, {"grant_type": "x"})
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (400, ORIGIN)

    def test_it_reads_that_something_went_wrong_here(
        self, public_partner: Partner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("idp.oidc.codes.redeem", broken)
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.exchange(factories.grant(public_partner.application))
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (500, ORIGIN)

    @pytest.mark.parametrize("path", ["/token", "/revoke", "/par"])
    def test_cookies_and_passwords_of_the_browser_never_come_along(
        self, public_partner: Partner, path: str
    ) -> None:
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.post(path, {"grant_type": "x"})
        assert "Access-Control-Allow-Credentials" not in response

    def test_it_reads_that_its_token_has_ended(self, public_partner: Partner) -> None:
        token = public_partner.tokens()["access_token"]
        public_partner.revoke(token)
        public_partner.http = Client(headers={"host": "localhost", "Origin": ORIGIN})
        response = public_partner.userinfo(token)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (401, ORIGIN)
        forged = public_partner.userinfo(f"{token[:-8]}AAAAAAAA")
        assert (forged.status_code, "Access-Control-Allow-Origin" in forged) == (401, False)

    def test_the_page_of_another_application_does_not(self, public_partner: Partner) -> None:
        factories.application(public=True, redirect_uris="https://other.example/cb")
        public_partner.http = Client(
            headers={"host": "localhost", "Origin": "https://other.example"}
        )
        response = public_partner.exchange(factories.grant(public_partner.application))
        assert response.status_code == 200
        assert "Access-Control-Allow-Origin" not in response
