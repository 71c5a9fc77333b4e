"""RFC 7592: a program reads, replaces and ends its own registration, and no other."""

from typing import Any, Final

import pytest

from accounts.assurance import Level
from accounts.audit.actor import OPERATOR
from accounts.limits import table
from accounts.models import AuditEvent
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.registration import Changes, ScopeWanted
from clients.models import Application, ClientSecret
from clients.organisations import operations as organisations
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.partner import Partner, body, refused
from tests.protocol.registering import CALLBACK, OURS, Registrar, wish
from tests.protocol.signing import signing_key

pytestmark = pytest.mark.django_db
Told = dict[str, Any]
NEW: Final = "https://service.example.org/new"


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


class TestRead:
    """§2.1."""

    def test_it_tells_what_registering_told_but_for_the_secret(
        self, registrar: Registrar, told: Told
    ) -> None:
        answer = registrar.manage("GET", told)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        secret = {"client_secret", "client_secret_expires_at"}
        assert body(answer) == {name: told[name] for name in told.keys() - secret}

    def test_a_suspended_application_is_forbidden(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        applications.suspend(application=row, by=OPERATOR)
        for method in ("GET", "PUT", "DELETE"):
            answer = registrar.manage(method, told, wish(told))
            assert refused(answer, "unauthorized_client", 403)

    def test_one_of_a_suspended_organisation_is_forbidden(
        self, registrar: Registrar, told: Told
    ) -> None:
        organisations.suspend(organisation=registrar.row.organisation, by=OPERATOR)
        assert refused(registrar.manage("GET", told), "unauthorized_client", 403)

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    def test_other_methods_are_refused(self, registrar: Registrar, told: Told, method: str) -> None:
        answer = registrar.manage(method, told)
        assert refused(answer, "invalid_request", 405)
        assert answer["Allow"] == "GET, PUT, DELETE, HEAD, OPTIONS"


class TestUpdate:
    """§2.2."""

    def test_it_replaces_all_that_was_registered(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        wanted = {"client_id": told["client_id"], "client_name": "Bins", "redirect_uris": [NEW]}
        answer = registrar.manage("PUT", told, wanted)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        changed = body(answer)
        assert (changed["client_name"], changed["redirect_uris"]) == ("Bins", [NEW])
        # What is left out is taken away.
        assert "contacts" not in changed
        assert changed["grant_types"] == ["authorization_code"]
        assert body(registrar.manage("GET", told)) == changed
        row.refresh_from_db()
        assert (row.name, row.redirect_uris, row.contacts) == ("Bins", NEW, [])

    def test_the_same_again_changes_nothing(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        before = events(row)
        answer = registrar.manage("PUT", told, wish(told))
        secret = {"client_secret", "client_secret_expires_at"}
        assert body(answer) == {name: told[name] for name in told.keys() - secret}
        assert events(row) == before

    def test_it_is_the_applications_act_in_the_audit_log(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        registrar.manage("PUT", told, wish(told, client_name="Bins"))
        event = AuditEvent.objects.order_by("pk").last()
        assert event is not None
        assert (event.event, event.actor_id) == ("application:application:changed", row.client_id)
        assert event.detail == {"parts": "name"}

    @pytest.mark.parametrize("name", OURS)
    def test_it_sets_nothing_that_is_ours_to_set(
        self, registrar: Registrar, told: Told, name: str
    ) -> None:
        answer = registrar.manage("PUT", told, wish(told, **{name: told[name]}))
        assert refused(answer, "invalid_client_metadata")

    @pytest.mark.parametrize("client_id", ["", None, "another"])
    def test_it_repeats_the_client_id(
        self, registrar: Registrar, told: Told, client_id: str | None
    ) -> None:
        answer = registrar.manage("PUT", told, wish(told, client_id=client_id))
        assert refused(answer, "invalid_client_metadata")

    def test_the_secret_is_repeated_or_left_out_and_never_chosen(
        self, registrar: Registrar, told: Told
    ) -> None:
        answer = registrar.manage("PUT", told, wish(told, client_secret="x" * 43))
        assert refused(answer, "invalid_client_metadata")
        left_out = wish(told)
        del left_out["client_secret"]
        assert registrar.manage("PUT", told, left_out).status_code == 200

    def test_another_method_ends_the_secret_and_a_later_one_gets_a_new_one(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        keys = {"jwks": {"keys": [signing_key("ES256").jwk]}}
        by_key = wish(told, token_endpoint_auth_method="private_key_jwt", **keys)
        assert "client_secret" not in body(registrar.manage("PUT", told, by_key))
        assert not ClientSecret.objects.filter(revoked_at=None).exists()
        back = wish(told)
        del back["client_secret"]
        secret = body(registrar.manage("PUT", told, back))["client_secret"]
        row.refresh_from_db()
        assert Partner(row, told["client_secret"]).revoke("x").status_code == 401
        assert Partner(row, secret).revoke("x").status_code == 200

    def test_a_public_one_has_no_secret_and_needs_pkce(self) -> None:
        registrar = Registrar.allowed(pkce_may_be_optional=True)
        told = registrar.register()
        row = Application.objects.get()
        assert row.pkce == "optional"
        public = wish(told, token_endpoint_auth_method="none")
        assert registrar.manage("PUT", told, public).status_code == 200
        row.refresh_from_db()
        assert (row.client_type, row.pkce) == ("public", "required")
        assert not ClientSecret.objects.filter(revoked_at=None).exists()

    def test_subjects_stay_whatever_the_addresses(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        sector = row.sector_identifier
        moved = wish(told, redirect_uris=["https://elsewhere.example.com/cb"])
        assert registrar.manage("PUT", told, moved).status_code == 200
        row.refresh_from_db()
        assert row.sector_identifier == sector

    def test_a_sector_cannot_be_joined_later(self, registrar: Registrar, told: Told) -> None:
        uri = "https://sector.example.org/list"
        answer = registrar.manage("PUT", told, wish(told, sector_identifier_uri=uri))
        assert refused(answer, "invalid_client_metadata")

    def test_unfit_metadata_changes_nothing(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        unfit = wish(told, client_name="Bins", redirect_uris=["https://x.example/#"])
        assert refused(registrar.manage("PUT", told, unfit), "invalid_redirect_uri")
        row.refresh_from_db()
        assert row.name == "Parking"

    def test_what_an_operator_took_is_not_taken_back(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        openid = (ScopeWanted("openid", "consent", "To know you"),)
        changes = Changes(
            scopes=openid, minimum_level=Level.TWO_FACTORS, is_sensitive=True, other_way="Ring us"
        )
        changing.change(application=row, changes=changes, by=OPERATOR)
        changed = body(registrar.manage("PUT", told, wish(told, client_name="Bins")))
        assert (changed["scope"], changed["grant_types"]) == ("openid", ["authorization_code"])
        row.refresh_from_db()
        assert (row.minimum_level, row.is_sensitive, row.other_way) == (2, True, "Ring us")
        assert row.environment == "sandbox"

    def test_what_an_operator_gave_stays_and_makes_no_program_of_it(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        changing.change(application=row, changes=Changes(receives_events=True), by=OPERATOR)
        changed = body(registrar.manage("PUT", told, wish(told, client_name="Bins")))
        assert "client_credentials" in changed["grant_types"]
        alone = wish(told, grant_types=["client_credentials"], redirect_uris=[])
        assert refused(registrar.manage("PUT", told, alone), "invalid_client_metadata")
        row.refresh_from_db()
        assert (row.name, row.receives_events) == ("Bins", True)

    def test_fewer_scopes_end_what_was_issued(
        self, registrar: Registrar, told: Told, row: Application
    ) -> None:
        partner = Partner(row, told["client_secret"])
        issued = factories.grant(row, redirect_uri=CALLBACK, scopes=["openid", "email"])
        token = body(partner.exchange(issued, redirect_uri=CALLBACK))["access_token"]
        assert partner.userinfo(token).status_code == 200
        registrar.manage("PUT", told, wish(told, scope="openid"))
        assert partner.userinfo(token).status_code == 401

    def test_too_many_are_told_to_wait(self, registrar: Registrar, told: Told) -> None:
        fill(table.REGISTRATION_CHANGED, told["client_id"])
        answer = registrar.manage("PUT", told, wish(told))
        assert refused(answer, "temporarily_unavailable", 429)
