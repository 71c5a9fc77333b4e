"""Token introspection: RFC 7662."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.models import Session
from accounts.sessions import operations as sessions
from accounts.suspension import operations as suspension
from clients.applications import operations as applications
from clients.models import Application, Resource
from clients.organisations import operations as organisations
from idp.consent import operations as consents
from idp.models import AccessToken, RefreshToken, SigningKey
from tests import factories
from tests.factories import IssuedCode
from tests.protocol import tokens
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.signing import SigningPartner
from tests.protocol.test_statement_counts import statements

ENDED = {"active": False}


@pytest.fixture
def api(partner: Partner) -> Resource:
    return factories.resource(partner.application)


@pytest.fixture
def server(api: Resource) -> Partner:
    """Return the API itself, as a program that asks."""
    return Partner.confidential(of=api.organisation, serves=api)


@pytest.fixture
def issued(partner: Partner, api: Resource) -> IssuedCode:
    return factories.grant(partner.application, resource=api.identifier)


@pytest.fixture
def token(partner: Partner, issued: IssuedCode) -> str:
    """Return an access token of a resident for the API."""
    return str(body(partner.exchange(issued))["access_token"])


def own_token(api: Resource) -> tuple[Partner, str]:
    """Return a program, and the token for the API that it got in its own name."""
    program = Partner.confidential(grant_types=["client_credentials"], scopes=[])
    api.callers.add(program.application)
    asked = {"grant_type": "client_credentials", "scope": "bins:read"}
    return program, body(program.post("/token", asked))["access_token"]


def ask(caller: Partner, token: str, **more: str) -> dict[str, Any]:
    answer = caller.post("/introspect", {"token": token, **more})
    assert answer.status_code == 200, answer.content
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")
    return body(answer)


class TestRequest:
    """§2.1."""

    def test_the_token_must_be_named(self, server: Partner) -> None:
        assert refused(server.post("/introspect", {}), "invalid_request")

    def test_only_post_is_served(self, server: Partner, token: str) -> None:
        assert server.http.get(f"/introspect?token={token}").status_code == 405

    @pytest.mark.parametrize("hint", ["access_token", "refresh_token", "nonsense"])
    def test_a_wrong_hint_does_no_harm(self, server: Partner, token: str, hint: str) -> None:
        assert ask(server, token, token_type_hint=hint)["active"] is True

    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
    def test_the_caller_authenticates_by_its_secret(
        self, server: Partner, token: str, method: str
    ) -> None:
        server.application.token_endpoint_auth_method = method
        server.application.save()
        assert ask(server, token)["active"] is True

    def test_or_by_its_key(self, api: Resource, token: str) -> None:
        server = SigningPartner.keyed(of=api.organisation, serves=api)
        assert ask(server, token)["active"] is True

    @pytest.mark.parametrize("secret", ["wrong", ""])
    def test_a_wrong_or_empty_secret_is_refused(
        self, server: Partner, token: str, secret: str
    ) -> None:
        server.secret = secret
        answer = server.post("/introspect", {"token": token})
        assert refused(answer, "invalid_client", 401)
        assert answer["WWW-Authenticate"].startswith("Basic")

    def test_without_any_secret_nobody_passes_for_it(self, server: Partner, token: str) -> None:
        client_id = server.application.client_id
        for asked in (
            f"client_id={client_id}&token={token}",
            f"client_id={client_id}&client_secret=&token={token}",
            f"token={token}",
        ):
            assert refused(server.raw("/introspect", asked), "invalid_client", 401)

    def test_an_access_token_is_no_authentication(self, server: Partner, token: str) -> None:
        answer = server.raw("/introspect", f"token={token}", Authorization=f"Bearer {token}")
        assert refused(answer, "invalid_client", 401)

    def test_a_public_application_is_refused_its_own_too(self, public_partner: Partner) -> None:
        got = public_partner.tokens()
        for kind in ("access_token", "refresh_token"):
            answer = public_partner.post("/introspect", {"token": got[kind]})
            assert refused(answer, "invalid_client", 401)

    def test_a_public_one_that_serves_by_mistake_is_refused(
        self, api: Resource, token: str
    ) -> None:
        public = Partner.public(of=api.organisation, serves=api)
        assert refused(public.post("/introspect", {"token": token}), "invalid_client", 401)

    def test_one_that_is_suspended_is_refused(self, server: Partner, token: str) -> None:
        applications.suspend(application=server.application, by=OPERATOR)
        assert refused(server.post("/introspect", {"token": token}), "invalid_client", 401)

    def test_no_page_may_read_the_answer(self, server: Partner, token: str) -> None:
        origin = "https://service.example.org"
        answer = server.post("/introspect", {"token": token}, Origin=origin)
        assert "Access-Control-Allow-Origin" not in answer


class TestResponse:
    """§2.2."""

    def test_a_residents_token_is_told_with_its_pairwise_subject(
        self, server: Partner, partner: Partner, api: Resource, token: str
    ) -> None:
        claims = tokens.claims(token, api.identifier)
        assert ask(server, token) == {
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

    @pytest.mark.usefixtures("issued")
    def test_a_nul_or_too_much_is_a_malformed_request(self, server: Partner) -> None:
        for token in ("\0", "x" * 40_000):
            assert refused(server.post("/introspect", {"token": token}), "invalid_request")

    def test_a_changed_one_is_inactive(self, server: Partner, token: str) -> None:
        head, payload, signature = token.split(".")
        for forged in (
            f"{head}.{payload}.{signature[::-1]}",
            f"{head}.{payload}.",
            f"{token}=",
            f"{token}.x",
        ):
            assert ask(server, forged) == ENDED
        assert ask(server, token)["active"] is True

    def test_codes_and_id_tokens_are_inactive(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        assert ask(partner, issued.code) == ENDED
        got = body(partner.exchange(issued))
        assert ask(partner, got["id_token"]) == ENDED

    def test_an_expired_one_is_inactive(self, server: Partner, token: str) -> None:
        with time_machine.travel(timezone.now() + settings.ACCESS_TOKEN_LIFETIME, tick=False):
            assert ask(server, token) == ENDED

    def test_one_whose_key_was_revoked_is_inactive(self, server: Partner, token: str) -> None:
        SigningKey.objects.update(state=SigningKey.State.REVOKED)
        assert ask(server, token) == ENDED

    def test_a_scope_that_is_agreed_to_no_more_is_left_out(
        self, server: Partner, issued: IssuedCode, token: str
    ) -> None:
        issued.grant.consent.scopes = ["openid"]
        issued.grant.consent.save()
        assert ask(server, token)["scope"] == "openid"


Ending = Callable[[IssuedCode], object]
ENDINGS: dict[str, Ending] = {
    "revoked": lambda _: AccessToken.objects.update(revoked_at=timezone.now()),
    "row gone": lambda _: AccessToken.objects.all().delete(),
    "family over": lambda _: RefreshToken.objects.update(revoked=timezone.now()),
    "signed out": lambda issued: sessions.end(
        session=issued.session, reason=Session.EndReason.SIGNED_OUT, by=SYSTEM
    ),
    "session idle": lambda issued: Session.objects.filter(pk=issued.session.pk).update(
        last_seen_at=timezone.now() - settings.SESSION_IDLE - timedelta(seconds=1)
    ),
    "signed out of the service": lambda issued: type(issued.grant.participant).objects.update(
        signed_out_at=timezone.now()
    ),
    "account suspended": lambda issued: suspension.suspend(account=issued.account, by=OPERATOR),
    "consent withdrawn": lambda issued: consents.withdraw(
        account=issued.account, application=issued.application, by=SYSTEM
    ),
    "consent over": lambda issued: type(issued.grant.consent).objects.update(
        expires_at=timezone.now()
    ),
    "application suspended": lambda issued: applications.suspend(
        application=issued.application, by=OPERATOR
    ),
    "its organisation suspended": lambda issued: organisations.suspend(
        organisation=issued.application.organisation, by=OPERATOR
    ),
    "a stronger sign-in needed since": lambda issued: Application.objects.filter(
        pk=issued.application.pk
    ).update(minimum_level=3),
    "may call it no more": lambda issued: issued.application.calls.clear(),
}


class TestEnded:
    """§2.2, §4: everything a token stands on is read afresh, and nothing tells what ended."""

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_what_ends_a_token_makes_it_inactive(
        self, server: Partner, issued: IssuedCode, token: str, ending: str
    ) -> None:
        assert ask(server, token)["active"] is True
        ENDINGS[ending](issued)
        assert ask(server, token) == ENDED

    def test_a_programs_token_ends_with_the_program(self, server: Partner, api: Resource) -> None:
        program, token = own_token(api)
        assert ask(server, token)["active"] is True
        Application.objects.filter(pk=program.application.pk).update(status="suspended")
        assert ask(server, token) == ENDED


class TestMatchingResource:
    """§2.1, §4: only whom the token concerns."""

    def test_the_server_of_another_api_learns_nothing(self, token: str) -> None:
        other = factories.resource()
        server = Partner.confidential(of=other.organisation, serves=other)
        assert ask(server, token) == ENDED

    def test_an_application_that_serves_nothing_learns_nothing(self, token: str) -> None:
        assert ask(Partner.confidential(), token) == ENDED

    def test_one_that_calls_the_same_api_learns_nothing(self, api: Resource, token: str) -> None:
        caller = Partner.confidential()
        api.callers.add(caller.application)
        assert ask(caller, token) == ENDED

    def test_a_token_for_ourselves_is_inactive_at_every_api(
        self, server: Partner, partner: Partner
    ) -> None:
        token = partner.tokens()["access_token"]
        assert ask(server, token) == ENDED
        assert partner.userinfo(token).status_code == 200

    def test_whoever_served_it_once_learns_nothing_any_more(
        self, server: Partner, token: str
    ) -> None:
        Application.objects.filter(pk=server.application.pk).update(serves=None)
        assert ask(server, token) == ENDED


class TestOwnTokens:
    """§2.1: an application holds its own tokens anyhow, and may ask whether they still hold."""

    def test_its_access_tokens(self, partner: Partner, token: str) -> None:
        assert ask(partner, token)["active"] is True
        ours = partner.tokens()["access_token"]
        assert ask(partner, ours)["aud"] == tokens.ISSUER

    def test_its_refresh_tokens(self, partner: Partner) -> None:
        got = partner.tokens()
        answer = ask(partner, got["refresh_token"])
        row = RefreshToken.objects.get()
        assert answer == {
            "active": True,
            "scope": " ".join(factories.OFFLINE),
            "client_id": partner.application.client_id,
            "exp": int(row.expires.timestamp()),
            "iat": int(row.created.timestamp()),
            "sub": tokens.claims(got["id_token"], partner.application.client_id)["sub"],
            "iss": tokens.ISSUER,
        }

    def test_nobody_elses_refresh_token(self, partner: Partner, server: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        for other in (server, Partner.confidential(of=partner.application.organisation)):
            assert ask(other, token) == ENDED

    def test_a_refresh_token_that_was_used_revoked_or_expired_is_inactive(
        self, partner: Partner
    ) -> None:
        used = partner.tokens()["refresh_token"]
        newer = body(partner.refresh(used))["refresh_token"]
        assert ask(partner, used) == ENDED
        assert ask(partner, newer)["active"] is True
        with time_machine.travel(timezone.now() + settings.REFRESH_TOKEN_IDLE, tick=False):
            assert ask(partner, newer) == ENDED
        partner.revoke(newer)
        assert ask(partner, newer) == ENDED

    def test_a_refresh_token_ends_with_the_agreement(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        token = body(partner.exchange(issued))["refresh_token"]
        type(issued.grant.consent).objects.update(withdrawn_at=timezone.now())
        assert ask(partner, token) == ENDED


class TestCost:
    """Statements, transaction control left out."""

    def test_a_secret_takes_2(self, server: Partner, token: str) -> None:
        assert statements(lambda: ask(server, token)) == 2

    def test_a_key_takes_one_more(self, api: Resource, token: str) -> None:
        server = SigningPartner.keyed(of=api.organisation, serves=api)
        assert statements(lambda: ask(server, token)) == 3

    def test_a_refresh_token_takes_2(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        assert statements(lambda: ask(partner, token)) == 2

    def test_a_refused_caller_takes_1_and_one_for_the_count(self, server: Partner) -> None:
        wrong = basic(server.application.client_id, "wrong")
        asked = statements(lambda: server.raw("/introspect", "token=x", Authorization=wrong))
        assert asked == 2
