"""Token introspection, which tokens are told of and to whom: RFC 7662 §2.1, §2.2, §4."""

from collections.abc import Callable
from datetime import timedelta

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
from idp.models import AccessToken, RefreshToken
from tests import factories
from tests.factories import IssuedCode
from tests.protocol import tokens
from tests.protocol.introspecting import ENDED, ask, own_token
from tests.protocol.partner import Partner, body

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
        self, server: Partner, api_grant: IssuedCode, api_token: str, ending: str
    ) -> None:
        assert ask(server, api_token)["active"] is True
        ENDINGS[ending](api_grant)
        assert ask(server, api_token) == ENDED

    def test_a_programs_token_ends_with_the_program(self, server: Partner, api: Resource) -> None:
        program, token = own_token(api)
        assert ask(server, token)["active"] is True
        Application.objects.filter(pk=program.application.pk).update(status="suspended")
        assert ask(server, token) == ENDED


class TestMatchingResource:
    """§2.1, §4: only whom the token concerns."""

    def test_the_server_of_another_api_learns_nothing(self, api_token: str) -> None:
        other = factories.resource()
        server = Partner.confidential(of=other.organisation, serves=other)
        assert ask(server, api_token) == ENDED

    def test_an_application_that_serves_nothing_learns_nothing(self, api_token: str) -> None:
        assert ask(Partner.confidential(), api_token) == ENDED

    def test_one_that_calls_the_same_api_learns_nothing(
        self, api: Resource, api_token: str
    ) -> None:
        caller = Partner.confidential()
        api.callers.add(caller.application)
        assert ask(caller, api_token) == ENDED

    def test_a_token_for_ourselves_is_inactive_at_every_api(
        self, server: Partner, partner: Partner
    ) -> None:
        token = partner.tokens()["access_token"]
        assert ask(server, token) == ENDED
        assert partner.userinfo(token).status_code == 200

    def test_whoever_served_it_once_learns_nothing_any_more(
        self, server: Partner, api_token: str
    ) -> None:
        Application.objects.filter(pk=server.application.pk).update(serves=None)
        assert ask(server, api_token) == ENDED


class TestOwnTokens:
    """§2.1: an application holds its own tokens anyhow, and may ask whether they still hold."""

    def test_its_access_tokens(self, partner: Partner, api_token: str) -> None:
        assert ask(partner, api_token)["active"] is True
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
