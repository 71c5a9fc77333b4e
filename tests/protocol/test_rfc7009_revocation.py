"""Token revocation: RFC 7009."""

import pytest

from accounts.audit.events import Event
from accounts.models import AuditEvent
from tests import factories
from tests.protocol.partner import Partner, body, refused


class TestRevocationRequest:
    """§2.1."""

    def test_a_refresh_token_ends_with_all_of_its_grant(self, partner: Partner) -> None:
        first = partner.tokens()
        second = body(partner.refresh(first["refresh_token"]))
        response = partner.revoke(second["refresh_token"])
        assert (response.status_code, response.content) == (200, b"")
        assert refused(partner.refresh(second["refresh_token"]), "invalid_grant")
        for tokens in (first, second):
            assert partner.userinfo(tokens["access_token"]).status_code == 401

    def test_an_access_token_ends_alone(self, partner: Partner) -> None:
        tokens = partner.tokens()
        assert partner.revoke(tokens["access_token"]).status_code == 200
        assert partner.userinfo(tokens["access_token"]).status_code == 401
        assert partner.refresh(tokens["refresh_token"]).status_code == 200

    @pytest.mark.parametrize("hint", ["access_token", "refresh_token", "nonsense"])
    @pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
    def test_a_wrong_hint_does_no_harm(self, partner: Partner, kind: str, hint: str) -> None:
        tokens = partner.tokens()
        assert partner.revoke(tokens[kind], token_type_hint=hint).status_code == 200
        assert partner.userinfo(tokens["access_token"]).status_code == 401

    @pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
    def test_the_token_of_another_application_stays(self, partner: Partner, kind: str) -> None:
        tokens = partner.tokens()
        assert refused(Partner.confidential().revoke(tokens[kind]), "invalid_grant")
        assert partner.userinfo(tokens["access_token"]).status_code == 200
        assert partner.refresh(tokens["refresh_token"]).status_code == 200

    def test_the_caller_authenticates(self, partner: Partner) -> None:
        tokens = partner.tokens()
        partner.secret = "wrong"
        assert refused(partner.revoke(tokens["access_token"]), "invalid_client", 401)
        assert partner.userinfo(tokens["access_token"]).status_code == 200

    def test_a_public_application_revokes_its_own(self, public_partner: Partner) -> None:
        tokens = public_partner.tokens()
        assert public_partner.revoke(tokens["refresh_token"]).status_code == 200
        assert public_partner.userinfo(tokens["access_token"]).status_code == 401

    def test_the_token_must_be_named(self, partner: Partner) -> None:
        assert refused(partner.post("/revoke", {}), "invalid_request")

    def test_only_post_is_served(self, partner: Partner) -> None:
        assert partner.http.get("/revoke?token=x").status_code == 405


class TestRevocationResponse:
    """§2.2."""

    @pytest.mark.parametrize("token", ["unknown", "a.b.c", "e30.e30.e30", "x" * 9000, "é", "."])
    def test_an_unknown_token_is_a_success(self, partner: Partner, token: str) -> None:
        assert partner.revoke(token).status_code == 200

    def test_revoking_twice_is_a_success_and_recorded_once(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        assert {partner.revoke(token).status_code for _ in range(2)} == {200}
        assert AuditEvent.objects.filter(event=Event.TOKENS_REVOKED).count() == 1

    def test_id_tokens_and_codes_are_not_tokens_to_revoke(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        assert partner.revoke(issued.code).status_code == 200
        tokens = body(partner.exchange(issued))
        assert partner.revoke(tokens["id_token"]).status_code == 200
        assert partner.userinfo(tokens["access_token"]).status_code == 200

    def test_a_forged_token_ends_nothing(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        head, payload, signature = token.split(".")
        forged = f"{head}.{payload}.{signature[::-1]}"
        assert partner.revoke(forged).status_code == 200
        assert partner.userinfo(token).status_code == 200

    def test_it_is_never_stored(self, partner: Partner) -> None:
        assert partner.revoke("unknown")["Cache-Control"] == "no-store"
