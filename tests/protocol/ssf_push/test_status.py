"""SSF §8.1.2: what is paused, disabled, suspended or sent again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from accounts.security.outgoing import client as outgoing
from clients.applications import operations as applications
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue_of_stream
from idp.ssf.push import jobs, operations, sending
from idp.ssf.rules import KEPT
from idp.ssf.streams import operations as streams
from idp.ssf.streams.rules import PUSH, Changes, Delivery
from tests import factories
from tests.protocol.ssf_push.receiving import Receiver, queued, said

pytestmark = pytest.mark.django_db

State = SecurityEvent.State


class TestStatus:
    """SSF §8.1.2.1: a paused stream keeps its events, a disabled one has none."""

    def test_a_paused_stream_gets_nothing_and_all_of_it_later_in_order(
        self,
        account: Account,
        stream: EventStream,
        receiver: Receiver,
        clock: time_machine.Traveller,
    ) -> None:
        _set(stream, EventStream.Status.PAUSED)
        for kind in (EventType.ACCOUNT_DISABLED, EventType.ACCOUNT_ENABLED):
            sending.send(queued(account, kind).pk)
            clock.shift(timedelta(hours=1))
        assert receiver.events == []
        assert not DBTaskResult.objects.filter(task_path=jobs.push.module_path).exists()
        _set(stream, EventStream.Status.ENABLED)
        operations.resume(stream=stream)
        _work(clock)
        kinds = [next(iter(said(one)["events"])) for one in receiver.events]
        assert kinds == [EventType.ACCOUNT_DISABLED.uri, EventType.ACCOUNT_ENABLED.uri]

    def test_what_waited_for_a_job_when_it_was_paused_is_held_too(
        self, account: Account, stream: EventStream, receiver: Receiver
    ) -> None:
        event = queued(account)
        _set(stream, EventStream.Status.PAUSED)
        assert sending.send(event.pk) is None
        assert receiver.events == []
        event.refresh_from_db()
        assert (event.state, event.next_try_at, event.tries) == (State.QUEUED, None, 0)

    @pytest.mark.usefixtures("receiver")
    def test_what_a_job_would_hold_while_its_stream_goes_on_keeps_its_job(
        self, account: Account, stream: EventStream, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Or it would wait for ever: who let the stream go on saw that it had a job."""
        event = queued(account)
        _set(stream, EventStream.Status.PAUSED)
        is_held = sending.is_held

        def goes_on_meanwhile(event: SecurityEvent) -> bool:
            found = is_held(event)
            EventStream.objects.update(status=EventStream.Status.ENABLED)
            return found

        monkeypatch.setattr(sending, "is_held", goes_on_meanwhile)
        assert sending.send(event.pk) is not None
        event.refresh_from_db()
        assert event.next_try_at is not None

    def test_one_that_its_application_enables_again_goes_on_with_what_was_kept(
        self, account: Account, stream: EventStream
    ) -> None:
        for status in (EventStream.Status.PAUSED, EventStream.Status.ENABLED):
            if status == EventStream.Status.ENABLED:
                assert queued(account).next_try_at is None
            streams.set_status(stream=stream, status=status, reason="", by=OPERATOR)
            stream.refresh_from_db()
        assert SecurityEvent.objects.get().next_try_at is not None

    def test_what_waited_to_be_fetched_is_pushed_once_its_application_wants_that(
        self, account: Account, receiver: Receiver
    ) -> None:
        application = factories.application()
        factories.known_account(account, application)
        polled = factories.event_stream(application)
        event = queued(account)
        pushed = Changes(Delivery(PUSH, receiver.url))
        streams.change(stream=polled, wanted=pushed, by=OPERATOR)
        sending.send(event.pk)
        assert len(receiver.events) == 1

    @pytest.mark.usefixtures("receiver")
    def test_pausing_and_resuming_again_and_again_makes_no_more_jobs(
        self, account: Account, stream: EventStream
    ) -> None:
        queued(account)
        for _ in range(3):
            _set(stream, EventStream.Status.PAUSED)
            _set(stream, EventStream.Status.ENABLED)
            operations.resume(stream=stream)
        assert DBTaskResult.objects.filter(task_path=jobs.push.module_path).count() == 1

    @pytest.mark.parametrize("status", [EventStream.Status.PAUSED, EventStream.Status.DISABLED])
    def test_a_receiver_is_told_that_its_stream_is_stopped(
        self, stream: EventStream, receiver: Receiver, status: EventStream.Status
    ) -> None:
        """SSF §8.1.5."""
        event = queue_of_stream(
            stream=stream, kind=EventType.STREAM_UPDATED, body={"status": status}
        )
        _set(stream, status)
        sending.send(event.pk)
        assert len(receiver.events) == 1

    @pytest.mark.usefixtures("account", "receiver")
    def test_resuming_one_that_is_polled_or_still_paused_pushes_nothing(
        self, account: Account, stream: EventStream
    ) -> None:
        _set(stream, EventStream.Status.PAUSED)
        queued(account)
        operations.resume(stream=stream)
        EventStream.objects.update(
            method=EventStream.Method.POLL,
            endpoint_url="",
            authorization_header="",
            status=EventStream.Status.ENABLED,
        )
        stream.refresh_from_db()
        operations.resume(stream=stream)
        assert not DBTaskResult.objects.filter(task_path=jobs.push.module_path).exists()

    def test_a_paused_stream_keeps_so_many_at_most(
        self, account: Account, stream: EventStream, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("idp.ssf.operations.MOST_WAITING", 2)
        _set(stream, EventStream.Status.PAUSED)
        states = [queued(account).state for _ in range(3)]
        assert states == [State.QUEUED, State.QUEUED, State.DROPPED]


def _suspend(stream: EventStream) -> None:
    applications.suspend(application=stream.application, by=OPERATOR)


def _forbid(stream: EventStream) -> None:
    stream.application.receives_events = False
    stream.application.save()


def _delete(stream: EventStream) -> None:
    stream.ended_at = timezone.now()
    stream.save()


ENDINGS: Final[dict[str, Callable[[EventStream], None]]] = {
    "application suspended": _suspend,
    "application may hear of nothing": _forbid,
    "stream deleted": _delete,
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_nothing_is_pushed_to_an_application_that_may_not_have_it_any_more(
    account: Account, stream: EventStream, receiver: Receiver, end: Callable[[EventStream], None]
) -> None:
    event = queued(account)
    end(stream)
    assert sending.send(event.pk) is None
    assert receiver.events == []
    event.refresh_from_db()
    assert (event.state, event.last_error) == (State.DROPPED, "not_wanted")


@pytest.mark.usefixtures("stream", "receiver")
def test_what_was_dropped_while_its_receiver_answered_stays_dropped(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = queued(account)

    def dropped_meanwhile(*asked: Any, **more: Any) -> outgoing.Fetched:
        SecurityEvent.objects.update(state=State.DROPPED)
        return outgoing.post(*asked, **more)

    monkeypatch.setattr(sending, "post", dropped_meanwhile)
    assert sending.send(event.pk) is None
    event.refresh_from_db()
    assert event.state == State.DROPPED


class TestReplay:
    """An operator sends again what a receiver lost."""

    @pytest.mark.usefixtures("clock")
    def test_all_since_a_moment_within_the_window_is_sent_again(
        self, account: Account, stream: EventStream, receiver: Receiver
    ) -> None:
        event = queued(account)
        sending.send(event.pk)
        assert streams.replay(by=OPERATOR, stream=stream, since=_ago(hours=1)) == 1
        sending.send(event.pk)
        event.refresh_from_db()
        assert (event.state, event.tries) == (State.DELIVERED, 1)
        first, second = receiver.events
        assert said(first)["jti"] == said(second)["jti"]

    def test_what_is_older_is_not_sent_again(
        self,
        account: Account,
        stream: EventStream,
        receiver: Receiver,
        clock: time_machine.Traveller,
    ) -> None:
        sending.send(queued(account).pk)
        clock.shift(timedelta(hours=2))
        assert streams.replay(by=OPERATOR, stream=stream, since=_ago(hours=1)) == 0
        clock.shift(KEPT)
        assert streams.replay(by=OPERATOR, stream=stream, since=_ago(days=30)) == 0
        assert len(receiver.events) == 1


def _ago(**much: float) -> datetime:
    return timezone.now() - timedelta(**much)


def _set(stream: EventStream, status: EventStream.Status) -> None:
    stream.status = status
    stream.save()


def _work(clock: time_machine.Traveller) -> None:
    """Do the jobs that are queued and those that follow from them, as time goes by."""
    for _ in range(10):
        waiting = SecurityEvent.objects.filter(state=State.QUEUED).exclude(next_try_at=None)
        for event in waiting.order_by("created_at"):
            sending.send(event.pk)
        clock.shift(timedelta(minutes=1))
