"""Refreshing an access token: RFC 6749 §6."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from idp.models import RefreshToken
from tests import factories
from tests.factories import OFFLINE
from tests.protocol.partner import Partner, body, refused


class TestRefresh:
    """§6."""

    def test_a_refresh_token_comes_only_with_offline_access(self, partner: Partner) -> None:
        assert "refresh_token" not in partner.tokens(scopes=["openid", "profile"])

    def test_a_refresh_token_comes_only_to_applications_registered_for_it(self) -> None:
        partner = Partner.confidential(grant_types=["authorization_code"])
        assert "refresh_token" not in partner.tokens()

    def test_new_tokens_work_and_the_old_refresh_token_does_not(self, partner: Partner) -> None:
        first = partner.tokens()
        second = body(partner.refresh(first["refresh_token"]))
        assert second["refresh_token"] != first["refresh_token"]
        assert refused(partner.refresh(first["refresh_token"]), "invalid_grant")
        assert partner.userinfo(second["access_token"]).status_code == 200
        assert partner.refresh(second["refresh_token"]).status_code == 200

    def test_a_narrower_scope_narrows_this_access_token_alone(self, partner: Partner) -> None:
        first = partner.tokens()
        narrow = body(partner.refresh(first["refresh_token"], scope="openid email"))
        assert narrow["scope"] == "openid email"
        assert set(body(partner.userinfo(narrow["access_token"]))) == {
            *("sub", "email", "email_verified"),
        }
        wide = body(partner.refresh(narrow["refresh_token"]))
        assert wide["scope"].split() == list(OFFLINE)

    def test_without_openid_there_is_no_id_token(self, partner: Partner) -> None:
        first = partner.tokens()
        assert "id_token" not in body(partner.refresh(first["refresh_token"], scope="email"))

    def test_more_than_was_granted_is_refused_and_burns_nothing(self, partner: Partner) -> None:
        first = partner.tokens()
        response = partner.refresh(first["refresh_token"], scope="openid address")
        assert refused(response, "invalid_scope")
        assert partner.refresh(first["refresh_token"]).status_code == 200

    def test_the_refresh_token_of_another_application_is_refused(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        assert refused(Partner.confidential().refresh(token), "invalid_grant")
        assert partner.refresh(token).status_code == 200

    @pytest.mark.parametrize("kind", ["access_token", "id_token"])
    def test_other_tokens_are_no_refresh_tokens(self, partner: Partner, kind: str) -> None:
        assert refused(partner.refresh(partner.tokens()[kind]), "invalid_grant")

    def test_a_code_is_no_refresh_token(self, partner: Partner) -> None:
        code = factories.grant(partner.application).code
        assert refused(partner.refresh(code), "invalid_grant")

    def test_a_missing_token_is_named(self, partner: Partner) -> None:
        response = partner.post("/token", {"grant_type": "refresh_token"})
        assert refused(response, "invalid_request")

    def test_it_ends_after_thirty_days_without_use(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
            assert refused(partner.refresh(token), "invalid_grant")

    def test_used_within_thirty_days_it_goes_on(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(5):
                clock.shift(timedelta(days=29))
                token = body(partner.refresh(token))["refresh_token"]

    def test_it_never_outlives_the_consent(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        ends = timezone.now() + timedelta(days=2)
        issued.account.consents.update(expires_at=ends)
        token = body(partner.exchange(issued))["refresh_token"]
        assert RefreshToken.objects.get().expires == ends
        with time_machine.travel(ends, tick=False):
            assert refused(partner.refresh(token), "invalid_grant")
