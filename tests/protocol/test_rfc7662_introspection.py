"""Token introspection, what is asked and answered: RFC 7662."""

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from clients.applications import operations as applications
from clients.models import Resource
from idp.models import SigningKey
from tests import factories
from tests.factories import IssuedCode
from tests.protocol import tokens
from tests.protocol.introspecting import ENDED, ask, own_token
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.signing import SigningPartner
from tests.protocol.test_statement_counts import statements


class TestRequest:
    """§2.1."""

    def test_the_token_must_be_named(self, server: Partner) -> None:
        assert refused(server.post("/introspect", {}), "invalid_request")

    def test_only_post_is_served(self, server: Partner, api_token: str) -> None:
        assert server.http.get(f"/introspect?token={api_token}").status_code == 405

    @pytest.mark.parametrize("hint", ["access_token", "refresh_token", "nonsense"])
    def test_a_wrong_hint_does_no_harm(self, server: Partner, api_token: str, hint: str) -> None:
        assert ask(server, api_token, token_type_hint=hint)["active"] is True

    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
    def test_the_caller_authenticates_by_its_secret(
        self, server: Partner, api_token: str, method: str
    ) -> None:
        server.application.token_endpoint_auth_method = method
        server.application.save()
        assert ask(server, api_token)["active"] is True

    def test_or_by_its_key(self, api: Resource, api_token: str) -> None:
        server = SigningPartner.keyed(of=api.organisation, serves=api)
        assert ask(server, api_token)["active"] is True

    @pytest.mark.parametrize("secret", ["wrong", ""])
    def test_a_wrong_or_empty_secret_is_refused(
        self, server: Partner, api_token: str, secret: str
    ) -> None:
        server.secret = secret
        answer = server.post("/introspect", {"token": api_token})
        assert refused(answer, "invalid_client", 401)
        assert answer["WWW-Authenticate"].startswith("Basic")

    def test_without_any_secret_nobody_passes_for_it(self, server: Partner, api_token: str) -> None:
        client_id = server.application.client_id
        for asked in (
            f"client_id={client_id}&token={api_token}",
            f"client_id={client_id}&client_secret=&token={api_token}",
            f"token={api_token}",
        ):
            assert refused(server.raw("/introspect", asked), "invalid_client", 401)

    def test_an_access_token_is_no_authentication(self, server: Partner, api_token: str) -> None:
        answer = server.raw(
            "/introspect", f"token={api_token}", Authorization=f"Bearer {api_token}"
        )
        assert refused(answer, "invalid_client", 401)

    def test_a_public_application_is_refused_its_own_too(self, public_partner: Partner) -> None:
        got = public_partner.tokens()
        for kind in ("access_token", "refresh_token"):
            answer = public_partner.post("/introspect", {"token": got[kind]})
            assert refused(answer, "invalid_client", 401)

    def test_a_public_one_that_serves_by_mistake_is_refused(
        self, api: Resource, api_token: str
    ) -> None:
        public = Partner.public(of=api.organisation, serves=api)
        assert refused(public.post("/introspect", {"token": api_token}), "invalid_client", 401)

    def test_one_that_is_suspended_is_refused(self, server: Partner, api_token: str) -> None:
        applications.suspend(application=server.application, by=OPERATOR)
        assert refused(server.post("/introspect", {"token": api_token}), "invalid_client", 401)

    def test_no_page_may_read_the_answer(self, server: Partner, api_token: str) -> None:
        origin = "https://service.example.org"
        answer = server.post("/introspect", {"token": api_token}, Origin=origin)
        assert "Access-Control-Allow-Origin" not in answer


class TestResponse:
    """§2.2."""

    def test_a_residents_token_is_told_with_its_pairwise_subject(
        self, server: Partner, partner: Partner, api: Resource, api_token: str
    ) -> None:
        claims = tokens.claims(api_token, api.identifier)
        assert ask(server, api_token) == {
            "active": True,
            "scope": " ".join(factories.OFFLINE),
            "client_id": partner.application.client_id,
            "token_type": "Bearer",
            "exp": claims["exp"],
            "iat": claims["iat"],
            "sub": claims["sub"],
            "aud": api.identifier,
            "iss": tokens.ISSUER,
            "jti": claims["jti"],
            # RFC 9470 §6.2.
            "acr": claims["acr"],
            "auth_time": claims["auth_time"],
        }

    def test_a_programs_own_token_names_the_program(self, server: Partner, api: Resource) -> None:
        program, token = own_token(api)
        answer, client_id = ask(server, token), program.application.client_id
        assert (answer["sub"], answer["client_id"]) == (client_id, client_id)
        assert (answer["scope"], answer["aud"]) == ("bins:read", api.identifier)
        assert answer.keys() == {
            *("active", "scope", "client_id", "token_type"),
            *("exp", "iat", "sub", "aud", "iss", "jti"),
        }

    @pytest.mark.parametrize(
        "token", ["unknown", "a.b.c", "e30.e30.e30", "x" * 9000, "é", ".", "..", "\u202e", "a b"]
    )
    def test_what_is_no_token_is_inactive(self, server: Partner, token: str) -> None:
        assert ask(server, token) == ENDED

    @pytest.mark.usefixtures("api")
    def test_a_nul_or_too_much_is_a_malformed_request(self, server: Partner) -> None:
        for token in ("\0", "x" * 40_000):
            assert refused(server.post("/introspect", {"token": token}), "invalid_request")

    def test_a_changed_one_is_inactive(self, server: Partner, api_token: str) -> None:
        head, payload, signature = api_token.split(".")
        for forged in (
            f"{head}.{payload}.{signature[::-1]}",
            f"{head}.{payload}.",
            f"{api_token}=",
            f"{api_token}.x",
        ):
            assert ask(server, forged) == ENDED
        assert ask(server, api_token)["active"] is True

    def test_codes_and_id_tokens_are_inactive(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        assert ask(partner, issued.code) == ENDED
        got = body(partner.exchange(issued))
        assert ask(partner, got["id_token"]) == ENDED

    def test_an_expired_one_is_inactive(self, server: Partner, api_token: str) -> None:
        with time_machine.travel(timezone.now() + settings.ACCESS_TOKEN_LIFETIME, tick=False):
            assert ask(server, api_token) == ENDED

    def test_one_whose_key_was_revoked_is_inactive(self, server: Partner, api_token: str) -> None:
        SigningKey.objects.update(state=SigningKey.State.REVOKED)
        assert ask(server, api_token) == ENDED

    def test_a_scope_that_is_agreed_to_no_more_is_left_out(
        self, server: Partner, api_grant: IssuedCode, api_token: str
    ) -> None:
        api_grant.grant.consent.scopes = ["openid"]
        api_grant.grant.consent.save()
        assert ask(server, api_token)["scope"] == "openid"


class TestCost:
    """Statements, transaction control left out."""

    def test_a_secret_takes_2(self, server: Partner, api_token: str) -> None:
        assert statements(lambda: ask(server, api_token)) == 2

    def test_a_key_takes_one_more(self, api: Resource, api_token: str) -> None:
        server = SigningPartner.keyed(of=api.organisation, serves=api)
        assert statements(lambda: ask(server, api_token)) == 3

    def test_a_refresh_token_takes_2(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        assert statements(lambda: ask(partner, token)) == 2

    def test_a_refused_caller_takes_1_one_for_the_count_and_one_for_the_cause(
        self, server: Partner
    ) -> None:
        wrong = basic(server.application.client_id, "wrong")
        asked = statements(lambda: server.raw("/introspect", "token=x", Authorization=wrong))
        # Whether the secret is wrong, ended or was never one: the application's trail tells.
        assert asked == 3
