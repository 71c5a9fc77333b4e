"""Whether a service has heard, as its resident sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account
from clients.models import Application
from idp.consent import operations as consents
from idp.models import Delivery, SecurityEvent
from idp.privacy.told import Kind, State, Told, told_since
from idp.ssf.event_types import EventType
from tests import factories

pytestmark = pytest.mark.django_db

CALLBACK = "https://service.example.org/backchannel"


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


def _service(account: Account, **columns: Any) -> Application:
    application = factories.application(backchannel_logout_uri=CALLBACK, **columns)
    factories.known_account(account, application)
    return application


def _stop(account: Account, application: Application) -> datetime:
    began = timezone.now()
    consents.withdraw(account=account, application=application, by=resident(account))
    return began


def _states(told: list[Told]) -> list[tuple[Kind, State]]:
    return [(one.kind, one.state) for one in told]


def test_what_was_queued_is_pending_until_the_service_took_it(account: Account) -> None:
    application = _service(account)
    factories.event_stream(application)
    factories.participant(factories.session(account), application)
    began = _stop(account, application)
    first = told_since(account, application, began)
    assert _states(first) == [(Kind.LOGOUT, State.PENDING), (Kind.STATUS, State.PENDING)]
    assert [one.at for one in first] == [
        Delivery.objects.get().expires_at,
        SecurityEvent.objects.get(event_type=EventType.CONSENT_WITHDRAWN.uri).expires_at,
    ]
    now = timezone.now()
    Delivery.objects.update(state=Delivery.State.DELIVERED, done_at=now)
    SecurityEvent.objects.update(state=SecurityEvent.State.DELIVERED, done_at=now)
    assert told_since(account, application, began) == [
        Told(Kind.LOGOUT, State.DELIVERED, now),
        Told(Kind.STATUS, State.DELIVERED, now, EventType.CONSENT_WITHDRAWN),
    ]


@pytest.mark.parametrize("state", ["refused", "expired"])
def test_what_the_service_refused_or_never_took_is_given_up(account: Account, state: str) -> None:
    application = _service(account)
    factories.event_stream(application)
    factories.participant(factories.session(account), application)
    began = _stop(account, application)
    Delivery.objects.update(state=state)
    SecurityEvent.objects.update(state=state)
    told = told_since(account, application, began)
    assert _states(told) == [(Kind.LOGOUT, State.GIVEN_UP), (Kind.STATUS, State.GIVEN_UP)]


def test_what_waits_to_be_fetched_beyond_its_time_is_given_up(account: Account) -> None:
    application = _service(account)
    factories.event_stream(application)
    began = _stop(account, application)
    at = timezone.now() - timedelta(seconds=1)
    SecurityEvent.objects.update(expires_at=at)
    (told,) = told_since(account, application, began)
    assert told == Told(Kind.STATUS, State.GIVEN_UP, at, EventType.CONSENT_WITHDRAWN)


def test_a_service_that_takes_no_messages_did_not_ask_for_them(account: Account) -> None:
    application = factories.application()
    factories.known_account(account, application)
    began = _stop(account, application)
    told = told_since(account, application, began)
    assert told == [Told(Kind.LOGOUT, State.NOT_ASKED_FOR), Told(Kind.STATUS, State.NOT_ASKED_FOR)]


def test_where_nobody_was_signed_in_there_is_nobody_to_sign_out(account: Account) -> None:
    application = _service(account)
    factories.event_stream(application)
    assert _states(told_since(account, application, _stop(account, application))) == [
        (Kind.STATUS, State.PENDING)
    ]


def test_neither_other_accounts_nor_other_services_nor_earlier_messages_are_shown(
    account: Account,
) -> None:
    application = _service(account)
    factories.event_stream(application)
    other = factories.account("bo@example.com")
    factories.known_account(other, application)
    elsewhere = _service(account, name="Library")
    factories.event_stream(elsewhere)
    began = _stop(other, application)
    _stop(account, elsewhere)
    _stop(account, application)
    later = timezone.now() + timedelta(seconds=1)
    assert len(told_since(account, application, began)) == 1
    (told,) = told_since(account, application, later)
    assert told.state is State.NOT_ASKED_FOR


def test_other_kinds_of_event_are_shown_where_they_are_asked_for(account: Account) -> None:
    application = _service(account)
    factories.event_stream(application)
    began = timezone.now()
    factories.security_event(account, EventType.ACCOUNT_DISABLED)
    told = told_since(account, application, began, kinds=(EventType.ACCOUNT_DISABLED,))
    until = SecurityEvent.objects.get().expires_at
    assert told == [Told(Kind.STATUS, State.PENDING, until, EventType.ACCOUNT_DISABLED)]
