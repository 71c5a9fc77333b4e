"""Programs go a short way: no cookies, no CSRF, no page headers, and no inside ever shows."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError
from django.test import Client

from idp import machine_endpoints
from idp.models import SigningKey
from idp.oidc import health
from tests import factories
from tests.protocol.partner import Partner, refused

PATHS = sorted(machine_endpoints._VIEWS)  # noqa: SLF001 - the table under test


@pytest.fixture
def http() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_machinery_runs(http: Client, path: str, method: str) -> None:
    http.cookies["session"] = "x" * 43
    response = getattr(http, method)(path)
    assert response.status_code in {200, 400, 401, 405, 503}
    assert not response.cookies
    assert "Content-Security-Policy" not in response
    assert "Content-Language" not in response
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "error, status", [(RuntimeError("secret inside"), 500), (OperationalError("locked"), 503)]
)
def test_an_unexpected_error_tells_a_reference_and_nothing_else(
    http: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    def broken(_request: object) -> None:
        raise error

    monkeypatch.setitem(machine_endpoints._VIEWS, "/token", broken)  # noqa: SLF001
    response = http.post("/token")
    assert response.status_code == status
    assert response.json()["error"] == "server_error"
    assert "inside" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    reference = response.json()["error_description"].split()[-1]
    assert reference in caplog.text


class TestHealth:
    """For whoever starts and watches the provider."""

    def test_alive_asks_nothing_of_the_database(self, http: Client) -> None:
        assert http.get("/healthz").content == b"ok\n"

    @pytest.mark.django_db
    def test_ready_with_tables_and_keys(self, http: Client) -> None:
        assert http.get("/readyz").status_code == 503
        factories.signing_keys()
        assert http.get("/readyz").content == b"ok\n"

    @pytest.mark.django_db
    def test_after_an_upgrade_it_says_what_makes_the_keys_of_a_new_algorithm(
        self, http: Client
    ) -> None:
        factories.signing_keys()
        SigningKey.objects.filter(algorithm__in=["PS256", "EdDSA"]).delete()
        answer = http.get("/readyz")
        words = b"no key signs by PS256, EdDSA: run manage.py keys create\n"
        assert (answer.status_code, answer.content) == (503, words)
        call_command("keys", "create", stdout=StringIO())
        assert http.get("/readyz").status_code == 200

    def test_not_ready_without_a_database(
        self, http: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise DatabaseError

        monkeypatch.setattr(health, "algorithms_ready", broken)
        assert http.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_without_a_signing_key_the_token_endpoint_says_try_later() -> None:
    partner = Partner.confidential()
    issued = factories.grant(partner.application)
    assert refused(partner.exchange(issued), "server_error", 503)
    factories.signing_keys()
    assert partner.exchange(issued).status_code == 200
