"""Refresh tokens that are used twice: RFC 9700 §4.14.2."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import AuditEvent
from idp.models import RefreshToken
from tests.protocol.partner import Partner, body, refused


class TestReuse:
    """§4.14.2."""

    def test_within_ten_seconds_the_old_one_is_only_refused(self, partner: Partner) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = partner.tokens()
            second = body(partner.refresh(first["refresh_token"]))
            clock.shift(timedelta(seconds=9.9))
            assert refused(partner.refresh(first["refresh_token"]), "invalid_grant")
            assert partner.userinfo(second["access_token"]).status_code == 200
            assert partner.refresh(second["refresh_token"]).status_code == 200

    @pytest.mark.parametrize("seconds", [10, 86_400])
    def test_later_it_ends_the_whole_family(self, partner: Partner, seconds: int) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = partner.tokens()
            second = body(partner.refresh(first["refresh_token"]))
            clock.shift(timedelta(seconds=seconds))
            assert refused(partner.refresh(first["refresh_token"]), "invalid_grant")
            assert refused(partner.refresh(second["refresh_token"]), "invalid_grant")
            for tokens in (first, second):
                assert partner.userinfo(tokens["access_token"]).status_code == 401

    def test_the_reuse_is_recorded_once(self, partner: Partner) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = partner.tokens()
            partner.refresh(first["refresh_token"])
            clock.shift(timedelta(seconds=11))
            for _ in range(3):
                partner.refresh(first["refresh_token"])
        events = AuditEvent.objects.filter(event=Event.REFRESH_TOKEN_REUSED)
        assert [event.application_id for event in events] == [partner.application.client_id]

    def test_a_row_that_a_parallel_rotation_added_is_dead_too(self, partner: Partner) -> None:
        first = partner.tokens()
        second = body(partner.refresh(first["refresh_token"]))
        # As if the end of the family had not yet seen the newest row.
        RefreshToken.objects.filter(rotated_at__isnull=False).update(revoked=timezone.now())
        assert refused(partner.refresh(second["refresh_token"]), "invalid_grant")
        assert partner.userinfo(second["access_token"]).status_code == 401
