"""RFC 7592: whose token reads, replaces or ends a registration, and what is left after its end."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from clients.models import Application, ClientSecret
from tests import factories
from tests.protocol.partner import Partner, body, refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar, wish

pytestmark = pytest.mark.django_db
Told = dict[str, Any]


@pytest.fixture
def registrar() -> Registrar:
    return Registrar.allowed()


@pytest.fixture
def told(registrar: Registrar) -> Told:
    return registrar.register(
        contacts=["ann@example.org"], grant_types=["authorization_code", "refresh_token"]
    )


@pytest.fixture
def row(told: Told) -> Application:
    return Application.objects.get(client_id=told["client_id"])


def events(row: Application) -> list[str]:
    rows = AuditEvent.objects.filter(application_id=row.client_id).order_by("pk")
    return list(rows.values_list("event", flat=True))


class TestToken:
    """§3: a registration access token is for one application alone."""

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_anothers_is_refused(self, registrar: Registrar, told: Told, method: str) -> None:
        other = registrar.register()
        mixed = {**told, "registration_access_token": other["registration_access_token"]}
        answer = registrar.manage(method, mixed, wish(told))
        assert refused(answer, "invalid_token", 401)
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_the_initial_access_token_is_refused(
        self, registrar: Registrar, told: Told, method: str
    ) -> None:
        mixed = {**told, "registration_access_token": registrar.secret}
        assert refused(registrar.manage(method, mixed, wish(told)), "invalid_token", 401)

    def test_it_registers_nothing(self, registrar: Registrar, told: Told) -> None:
        header = f"Bearer {told['registration_access_token']}"
        assert refused(registrar.post(METADATA, Authorization=header), "invalid_token", 401)

    def test_an_operators_application_has_none(self, registrar: Registrar, told: Told) -> None:
        made = factories.application()
        uri = f"http://localhost:8000/register/client?client_id={made.client_id}"
        for token in (told["registration_access_token"], "x", '""'):
            asked = {"registration_client_uri": uri, "registration_access_token": token}
            assert refused(registrar.manage("GET", asked), "invalid_token", 401)

    def test_an_unknown_application_is_refused_alike(
        self, registrar: Registrar, told: Told
    ) -> None:
        uri = "http://localhost:8000/register/client?client_id=unknown"
        answer = registrar.manage("GET", {**told, "registration_client_uri": uri})
        assert refused(answer, "invalid_token", 401)

    def test_without_a_client_id_the_request_is_incomplete(
        self, registrar: Registrar, told: Told
    ) -> None:
        uri = "http://localhost:8000/register/client"
        answer = registrar.manage("GET", {**told, "registration_client_uri": uri})
        assert refused(answer, "invalid_request")


class TestDelete:
    """§2.3."""

    def test_it_ends_the_application_and_all_that_it_holds(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        partner = Partner(row, told["client_secret"])
        issued = factories.grant(row, redirect_uri=CALLBACK, scopes=["openid", "offline_access"])
        tokens = body(partner.exchange(issued, redirect_uri=CALLBACK))
        answer = registrar.manage("DELETE", told)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Cache-Control"] == "no-store"
        assert partner.userinfo(tokens["access_token"]).status_code == 401
        assert partner.refresh(tokens["refresh_token"]).status_code == 401
        row.refresh_from_db()
        assert (row.status, row.contacts, row.registration_token_hash) == ("closed", [], "")
        assert not ClientSecret.objects.filter(revoked_at=None).exists()
        assert events(row)[-3:] == [
            "application:client_secret:ended",
            "application:application:closed",
            "account:tokens:revoked",
        ]

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_its_token_is_good_no_more(self, registrar: Registrar, told: Told, method: str) -> None:
        registrar.manage("DELETE", told)
        assert refused(registrar.manage(method, told, wish(told)), "invalid_token", 401)

    def test_it_makes_no_room_for_another(self) -> None:
        registrar = Registrar.allowed(applications=1)
        registrar.manage("DELETE", registrar.register())
        assert refused(registrar.post(METADATA), "invalid_token", 401)
