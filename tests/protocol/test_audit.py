"""What the token endpoints write into the audit log: with the fact itself, or not at all."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import AuditEvent
from idp.models import AccessToken, RefreshToken
from idp.oidc import issuing
from tests import factories
from tests.protocol.partner import Partner, body


def recorded() -> list[str]:
    rows = AuditEvent.objects.filter(object_kind="token_family").order_by("pk")
    return list(rows.values_list("event", flat=True))


def test_issuing_refreshing_and_revoking_are_recorded(partner: Partner) -> None:
    issued = factories.grant(partner.application)
    token = body(partner.exchange(issued))["refresh_token"]
    token = body(partner.refresh(token))["refresh_token"]
    partner.revoke(token)
    assert recorded() == [Event.TOKENS_ISSUED, Event.TOKENS_REFRESHED, Event.TOKENS_REVOKED]
    events = AuditEvent.objects.filter(object_id=issued.grant.token_family)
    assert {event.account_id for event in events} == {issued.account.pk}
    assert {event.application_id for event in events} == {partner.application.client_id}
    assert {event.actor_kind for event in events} == {"application"}


def test_a_reused_code_is_recorded_with_what_it_ended(partner: Partner) -> None:
    issued = factories.grant(partner.application)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        partner.exchange(issued)
        clock.shift(timedelta(seconds=2))
        partner.exchange(issued)
    assert recorded() == [Event.TOKENS_ISSUED, Event.CODE_REUSED, Event.TOKENS_REVOKED]


def test_refused_requests_issue_and_record_nothing(partner: Partner) -> None:
    issued = factories.grant(partner.application)
    partner.exchange(issued, code_verifier="x" * 43)
    partner.exchange(issued, code="unknown")
    partner.refresh("unknown")
    assert recorded() == []
    assert not AccessToken.objects.exists()


def test_without_its_event_nothing_is_issued(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    issued = factories.grant(partner.application)
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "record", broken)
        assert partner.exchange(issued).status_code == 500
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.exists()
    assert partner.exchange(issued).status_code == 200, "and the code is not used up"
