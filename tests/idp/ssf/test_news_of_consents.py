"""What a service hears when its agreement with somebody ends, or covers less."""

import json
from typing import Any

import pytest
from django.db import transaction

from accounts.audit.actor import OPERATOR, SYSTEM, resident
from accounts.models import Account
from accounts.passwords import operations as passwords
from accounts.suspension import operations as suspension
from idp.consent import operations as consents
from idp.consent.rules import Details
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com", password="a long enough password")


@pytest.fixture
def stream(account: Account) -> EventStream:
    application = factories.application()
    factories.known_account(account, application)
    return factories.event_stream(application)


def _heard() -> list[tuple[str, Any]]:
    """Return what was queued: each kind of event, and its body without the time."""
    rows = SecurityEvent.objects.order_by("created_at", "pk")
    return [(row.event_type, _timeless(row.body)) for row in rows]


def _timeless(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "event_timestamp"}


class TestConsentWithdrawn:
    """Our own kind of event; `idp/ssf/README.md` says what it tells."""

    def test_the_service_hears_that_all_is_over(
        self, account: Account, stream: EventStream
    ) -> None:
        other = factories.application(name="Library")
        factories.known_account(account, other)
        factories.event_stream(other)
        consents.withdraw(account=account, application=stream.application, by=resident(account))
        assert _heard() == [(EventType.CONSENT_WITHDRAWN.uri, {"extent": "all"})]
        assert SecurityEvent.objects.get().stream == stream

    def test_a_detail_taken_back_is_named_and_never_its_value(self, account: Account) -> None:
        application = factories.application(scopes=["openid", "email"])
        factories.known_account(account, application)
        factories.event_stream(application)
        account.consents.update(
            scopes=["openid", "email"], claims=["sub", "email", "email_verified"]
        )
        email = Details(frozenset({"email"}), frozenset({"email", "email_verified"}))
        nothing = Details(frozenset(), frozenset())
        consents.choose(
            account=account,
            application=application,
            optional=email,
            chosen=nothing,
            terms={},
            by=resident(account),
        )
        ((uri, body),) = _heard()
        assert uri == EventType.CONSENT_WITHDRAWN.uri
        assert body == {
            "extent": "part",
            "scopes": ["email"],
            "claims": ["email", "email_verified"],
        }
        assert "amara" not in json.dumps(body)

    def test_a_withdrawal_that_is_undone_tells_nobody(
        self, account: Account, stream: EventStream
    ) -> None:
        with transaction.atomic():
            consents.withdraw(account=account, application=stream.application, by=SYSTEM)
            transaction.set_rollback(True)
        assert not SecurityEvent.objects.exists()

    def test_after_it_the_service_hears_nothing_more_of_the_account(
        self, account: Account, stream: EventStream
    ) -> None:
        consents.withdraw(account=account, application=stream.application, by=SYSTEM)
        SecurityEvent.objects.all().delete()
        suspension.suspend(account=account, by=OPERATOR)
        passwords.remove_password(account=account, by=SYSTEM)
        assert not SecurityEvent.objects.exists()
