"""RFC 7591 §3: programs that register an application, and who may."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.limits import table
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.initial_access import operations
from clients.models import Application, ClientSecret
from clients.organisations import operations as organisations
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.partner import Partner, body, refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar
from tests.protocol.test_statement_counts import statements

pytestmark = pytest.mark.django_db
_CHALLENGE = 'Bearer realm="registration"'


@pytest.fixture
def registrar() -> Registrar:
    return Registrar.allowed()


class TestResponse:
    """§3.2.1."""

    def test_it_tells_all_that_was_registered_and_is_kept_nowhere(
        self, registrar: Registrar
    ) -> None:
        answer = registrar.post(METADATA)
        assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
        assert (answer["Cache-Control"], answer["Pragma"]) == ("no-store", "no-cache")
        told = body(answer)
        row = Application.objects.get()
        assert told == {
            "client_id": row.client_id,
            "client_id_issued_at": int(row.created.timestamp()),
            "client_secret": told["client_secret"],
            "client_secret_expires_at": 0,
            "registration_access_token": told["registration_access_token"],
            "registration_client_uri": (
                f"http://localhost:8000/register/client?client_id={row.client_id}"
            ),
            "client_name": "Parking",
            "application_type": "web",
            "redirect_uris": [CALLBACK],
            "post_logout_redirect_uris": [],
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "client_secret_basic",
            "scope": "openid email",
            "subject_type": "pairwise",
            "id_token_signed_response_alg": "RS256",
            "authorization_signed_response_alg": "RS256",
            "introspection_signed_response_alg": "RS256",
            "require_auth_time": True,
        }

    def test_only_hashes_of_its_secrets_are_kept(self, registrar: Registrar) -> None:
        told = registrar.register()
        row = Application.objects.get()
        token, kept = told["registration_access_token"], row.registration_token_hash
        assert keyed_hash.matches("registration_access_token", token, kept)
        kept = ClientSecret.objects.get().secret_hash
        assert keyed_hash.matches("client_secret", told["client_secret"], kept)

    def test_the_application_works_at_once(self, registrar: Registrar) -> None:
        told = registrar.register()
        row = Application.objects.get()
        partner = Partner(row, told["client_secret"])
        issued = factories.grant(row, redirect_uri=CALLBACK, scopes=["openid"])
        assert partner.exchange(issued, redirect_uri=CALLBACK).status_code == 200

    def test_the_audit_log_says_by_which_token(self, registrar: Registrar) -> None:
        registrar.register()
        events = AuditEvent.objects.filter(application_id=Application.objects.get().client_id)
        assert list(events.values_list("event", "actor_id").order_by("pk")) == [
            ("application:application:created", f"initial-access-token-{registrar.row.pk}"),
            ("application:client_secret:issued", f"initial-access-token-{registrar.row.pk}"),
        ]

    def test_it_takes_14_statements_and_reading_takes_2(self, registrar: Registrar) -> None:
        assert statements(lambda: registrar.post(METADATA)) == 14
        told = registrar.register()
        assert statements(lambda: registrar.manage("GET", told)) == 2


class TestInitialAccessToken:
    """§3, and RFC 6750 §3 for refusals."""

    def test_without_one_the_challenge_names_no_error(self, registrar: Registrar) -> None:
        answer = registrar.post(METADATA, Authorization="")
        assert refused(answer, "invalid_token", 401)
        assert answer["WWW-Authenticate"] == _CHALLENGE

    @pytest.mark.parametrize(
        "header", ["Bearer x", "Bearer \u00e9", f"Bearer {'x' * 5000}", "bearer a b"]
    )
    def test_a_token_that_is_none_is_refused(self, registrar: Registrar, header: str) -> None:
        answer = registrar.post(METADATA, Authorization=header)
        assert refused(answer, "invalid_token", 401)
        assert answer["WWW-Authenticate"].startswith(f'{_CHALLENGE}, error="invalid_token"')
        assert not Application.objects.exists()

    @pytest.mark.parametrize("scheme", ["Basic", "DPoP", ""])
    def test_another_scheme_is_no_token(self, registrar: Registrar, scheme: str) -> None:
        answer = registrar.post(METADATA, Authorization=f"{scheme} {registrar.secret}".strip())
        assert refused(answer, "invalid_token", 401)

    def test_one_that_was_revoked_is_refused(self, registrar: Registrar) -> None:
        operations.revoke(token=registrar.row, by=OPERATOR)
        assert refused(registrar.post(METADATA), "invalid_token", 401)

    def test_one_that_expired_is_refused(self, registrar: Registrar) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
            assert refused(registrar.post(METADATA), "invalid_token", 401)

    def test_one_of_a_suspended_organisation_is_refused(self, registrar: Registrar) -> None:
        organisations.suspend(organisation=registrar.row.organisation, by=OPERATOR)
        assert refused(registrar.post(METADATA), "invalid_token", 401)

    def test_it_registers_as_many_as_it_says_and_no_more(self) -> None:
        registrar = Registrar.allowed(applications=2)
        assert registrar.register()["client_id"] != registrar.register()["client_id"]
        assert refused(registrar.post(METADATA), "invalid_token", 401)
        assert Application.objects.count() == 2

    def test_what_is_refused_does_not_use_it_up(self) -> None:
        registrar = Registrar.allowed(applications=1)
        answer = registrar.post({**METADATA, "redirect_uris": []})
        assert refused(answer, "invalid_redirect_uri")
        assert registrar.register()["client_id"]

    def test_too_many_uses_are_told_to_wait(self, registrar: Registrar) -> None:
        fill(table.REGISTRATION, str(registrar.row.pk))
        answer = registrar.post(METADATA)
        assert refused(answer, "temporarily_unavailable", 429)
        assert 0 < int(answer["Retry-After"]) <= 3600

    def test_too_many_wrong_tokens_are_told_to_wait(self, registrar: Registrar) -> None:
        fill(table.REGISTRATION_REFUSED, "127.0.0.1")
        wrong = registrar.post(METADATA, Authorization="Bearer x")
        assert refused(wrong, "temporarily_unavailable", 429)
        assert registrar.register()["client_id"]

    @pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
    def test_other_methods_are_refused(self, registrar: Registrar, method: str) -> None:
        answer = getattr(registrar.http, method)("/register")
        assert refused(answer, "invalid_request", 405)
        assert answer["Allow"] == "POST, OPTIONS"
