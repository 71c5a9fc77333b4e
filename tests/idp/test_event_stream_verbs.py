"""`manage.py event_stream`: what an operator sees and does of streams of events."""

import json

import pytest
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from accounts.security import encryption
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db

State = SecurityEvent.State
HEADER = "Bearer of-the-receiver"


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def stream(account: Account) -> EventStream:
    application = factories.application(slug="council-tax")
    factories.known_account(account, application)
    return factories.event_stream(
        application,
        method=EventStream.Method.PUSH,
        endpoint_url="https://receiver.example.org/events",
        authorization_header=encryption.encrypt(HEADER.encode()),
    )


def test_streams_are_listed_with_what_came_of_their_events(
    account: Account, stream: EventStream
) -> None:
    factories.security_event(account, EventType.ACCOUNT_DISABLED)
    factories.security_event(account, EventType.ACCOUNT_ENABLED)
    SecurityEvent.objects.filter(event_type=EventType.ACCOUNT_DISABLED.uri).update(
        state=State.DELIVERED
    )
    gone = factories.application(slug="library")
    factories.event_stream(gone, ended_at=timezone.now())
    (row,) = run("event_stream", "list")
    assert row["application"] == stream.application.slug
    assert (row["status"], row["delivered"], row["queued"], row["refused"]) == ("enabled", 1, 1, 0)


def test_the_record_of_a_stream_names_nobody_and_no_secret(
    account: Account, stream: EventStream
) -> None:
    event = factories.security_event(account, EventType.ACCOUNT_DISABLED)
    SecurityEvent.objects.update(
        state=State.REFUSED, tries=1, last_status=400, last_error="invalid_audience"
    )
    shown = run("event_stream", "show", stream.application.slug)
    (row,) = shown["last_events"]
    assert row["jti"] == str(event.pk)
    assert (row["state"], row["last_status"], row["last_error"]) == (
        "refused",
        400,
        "invalid_audience",
    )
    said = json.dumps(shown)
    for secret in (HEADER, event.subject, str(account.pk), "amara"):
        assert secret not in said


def test_a_paused_stream_says_so_to_its_receiver_and_goes_on_with_what_was_kept(
    account: Account, stream: EventStream
) -> None:
    name = stream.application.slug
    paused = run("event_stream", "pause", name, "--reason", "Your server fails since Monday")
    assert (paused["status"], paused["reason"]) == ("paused", "Your server fails since Monday")
    kept = factories.security_event(account, EventType.ACCOUNT_DISABLED)
    assert not kept.next_try_at
    assert run("event_stream", "resume", name)["status"] == "enabled"
    kept.refresh_from_db()
    assert kept.next_try_at is not None
    told = SecurityEvent.objects.filter(event_type=EventType.STREAM_UPDATED.uri)
    assert [row.body for row in told.order_by("created_at")] == [
        {"status": "paused", "reason": "Your server fails since Monday"},
        {"status": "enabled"},
    ]
    events = AuditEvent.objects.filter(event=Event.EVENT_STREAM_CHANGED)
    assert events.count() == 2


def test_what_is_in_the_window_is_sent_again_and_the_log_says_so(
    account: Account, stream: EventStream
) -> None:
    event = factories.security_event(account, EventType.ACCOUNT_DISABLED)
    SecurityEvent.objects.update(state=State.DELIVERED, next_try_at=None)
    answer = run("event_stream", "replay", stream.application.slug, "--hours", "1")
    assert answer["sent_again"] == 1
    event.refresh_from_db()
    assert event.state == State.QUEUED
    assert event.next_try_at is not None
    assert AuditEvent.objects.filter(event=Event.EVENT_STREAM_REPLAYED).exists()


def test_an_application_that_is_unknown_or_has_no_stream_is_refused() -> None:
    factories.application(slug="library")
    assert "application list" in refused("event_stream", "show", "nobody")[0]
    assert "no stream" in refused("event_stream", "pause", "library", "--reason", "x")[0]
