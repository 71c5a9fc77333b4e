"""An event is queued for each application that knows the account and asked to hear of such."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import EventStream, RemovedSubject, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue
from tests import factories

pytestmark = pytest.mark.django_db

REVOKED, CHANGED = EventType.SESSION_REVOKED, EventType.CREDENTIAL_CHANGE


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def stream(account: Account) -> EventStream:
    application = factories.application()
    factories.known_account(account, application)
    return factories.event_stream(application)


def test_an_event_names_the_account_as_the_application_knows_it_and_in_no_other_way(
    account: Account, stream: EventStream
) -> None:
    queue(account=account, events={REVOKED: {"initiating_entity": "user"}})
    event = SecurityEvent.objects.get()
    assert event.stream == stream
    assert event.subject == account.subjects.get().subject
    assert (event.event_type, event.body) == (REVOKED.uri, {"initiating_entity": "user"})


def test_what_one_act_caused_has_one_transaction_in_a_stream_and_another_in_the_next(
    account: Account, stream: EventStream
) -> None:
    """Applications that compare notes must not find that they know the same person."""
    other = factories.application()
    factories.known_account(account, other)
    also = factories.event_stream(other)
    queue(account=account, events={REVOKED: {}, CHANGED: {}})
    rows = SecurityEvent.objects.values_list("stream", "txn")
    assert {row[0] for row in rows} == {stream.pk, also.pk}
    assert len(rows) == 4
    assert len(set(rows)) == len({txn for _, txn in rows}) == 2
    assert len(set(SecurityEvent.objects.values_list("subject"))) == 2


def _set(stream: EventStream, **columns: Any) -> None:
    EventStream.objects.filter(pk=stream.pk).update(**columns)


def _withdraw(stream: EventStream) -> None:
    stream.application.consents.filter(superseded_at=None).update(withdrawn_at=timezone.now())


def _agree_again_and_withdraw(stream: EventStream) -> None:
    first = stream.application.consents.get()
    stream.application.consents.update(superseded_at=timezone.now())
    factories.consent(first.account, stream.application)
    _withdraw(stream)


def _run_out(stream: EventStream) -> None:
    stream.application.consents.update(expires_at=timezone.now())


CHANGES: Final[dict[str, Callable[[EventStream], object]]] = {
    "the application took it out": lambda stream: RemovedSubject.objects.create(
        stream=stream, account=stream.application.consents.get().account
    ),
    "not asked for": lambda stream: _set(stream, events_delivered=[CHANGED.uri]),
    "stream disabled": lambda stream: _set(stream, status="disabled"),
    "stream deleted": lambda stream: _set(stream, ended_at=timezone.now()),
    "application may hear of nothing": lambda _stream: Application.objects.update(
        receives_events=False
    ),
    "never signed in there": lambda stream: stream.application.consents.all().delete(),
    "withdrawn": _withdraw,
    "the agreement ran out": _run_out,
    "agreed twice, then withdrawn": _agree_again_and_withdraw,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_queued_for_a_stream_that_does_not_concern_it(
    account: Account, stream: EventStream, change: Callable[[EventStream], object]
) -> None:
    change(stream)
    assert queue(account=account, events={REVOKED: {}}) == []
    assert not SecurityEvent.objects.exists()


def test_a_paused_stream_keeps_its_events_for_later(account: Account, stream: EventStream) -> None:
    _set(stream, status="paused")
    assert queue(account=account, events={REVOKED: {}})


def test_an_application_that_knew_the_account_is_told_where_that_is_wanted(
    account: Account, stream: EventStream
) -> None:
    _withdraw(stream)
    assert queue(account=account, events={EventType.ACCOUNT_PURGED: {}}, former_too=True)


def test_an_event_for_one_application_is_for_no_other(
    account: Account, stream: EventStream
) -> None:
    other: Application = factories.application()
    factories.known_account(account, other)
    factories.event_stream(other)
    (event,) = queue(account=account, events={REVOKED: {}}, application=stream.application)
    assert event.stream == stream


@pytest.mark.usefixtures("stream")
def test_another_accounts_news_goes_nowhere() -> None:
    assert queue(account=factories.account("bo@example.com"), events={REVOKED: {}}) == []


def test_what_nobody_took_in_time_leaves_room_for_what_is_new(
    account: Account, stream: EventStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a receiver that comes back after weeks would miss what happens from then on."""
    monkeypatch.setattr("idp.ssf.operations.MOST_WAITING", 1)
    factories.security_event(account)
    assert factories.security_event(account).state == SecurityEvent.State.DROPPED
    stream.events.update(expires_at=timezone.now())
    assert factories.security_event(account).state == SecurityEvent.State.QUEUED
