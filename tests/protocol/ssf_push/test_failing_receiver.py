"""A receiver that fails is told later; it keeps nobody else waiting, and order is kept."""

import socket
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import Account
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue
from idp.ssf.push import jobs, sending
from idp.ssf.push.rules import LEFT_ALONE_AT_MOST, WAITS
from idp.ssf.rules import KEPT
from tests import factories
from tests.accounts.security.outgoing.servers import answering, serving
from tests.protocol.ssf_push.receiving import (
    ACCEPTED,
    FAILED,
    Receiver,
    push_stream,
    queued,
    said,
)

pytestmark = pytest.mark.django_db

State = SecurityEvent.State


class TestAReceiverThatFails:
    """It hangs, or answers 500 for a day: it hears later, and nobody else waits for it."""

    @pytest.mark.usefixtures("stream")
    def test_after_a_day_of_500_it_gets_all_that_happened(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        receiver.say(FAILED)
        event = queued(account)
        began = timezone.now()
        while timezone.now() < began + timedelta(days=1):
            at = sending.send(event.pk)
            assert at is not None
            clock.move_to(at)
        tries = len(receiver.events)
        # Growing waits: not thousands of tries in a day.
        assert len(WAITS) < tries < 20
        receiver.say(ACCEPTED)
        assert sending.send(event.pk) is None
        event.refresh_from_db()
        assert (event.state, event.tries) == (State.DELIVERED, tries + 1)

    @pytest.mark.usefixtures("stream")
    def test_waits_grow_until_the_replay_window_ends(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        receiver.say(FAILED)
        event = queued(account)
        waits = _tries(event, clock)
        assert waits[: len(WAITS)] == list(WAITS)
        assert set(waits[len(WAITS) :]) == {WAITS[-1]}
        assert sum(waits, timedelta()) < KEPT
        assert (event.state, event.last_status) == (State.EXPIRED, 500)

    @pytest.mark.usefixtures("stream", "clock")
    def test_a_try_that_failed_leaves_it_alone_whatever_else_there_is_to_tell(
        self, account: Account, receiver: Receiver
    ) -> None:
        other = factories.account("bo@example.com")
        factories.known_account(other, EventStream.objects.get().application)
        receiver.say(FAILED)
        first, second = queued(account), queued(other)
        assert sending.send(first.pk) == timezone.now() + WAITS[0]
        assert sending.send(second.pk) is None
        assert len(receiver.events) == 1
        second.refresh_from_db()
        # Without a job: the first one's success lets it go.
        assert (second.state, second.next_try_at) == (State.QUEUED, None)

    @pytest.mark.usefixtures("stream")
    def test_one_event_that_it_cannot_take_holds_up_the_others_for_minutes_only(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        other = factories.account("bo@example.com")
        factories.known_account(other, EventStream.objects.get().application)
        receiver.say(FAILED)
        bad = queued(account)
        for _ in WAITS:
            clock.move_to(sending.send(bad.pk) or timezone.now())
        sending.send(bad.pk)
        receiver.say(ACCEPTED)
        good = queued(other)
        assert sending.send(good.pk) == timezone.now() + LEFT_ALONE_AT_MOST
        clock.shift(LEFT_ALONE_AT_MOST)
        sending.send(good.pk)
        good.refresh_from_db()
        assert good.state == State.DELIVERED

    def test_another_applications_events_do_not_wait(
        self, account: Account, stream: EventStream, receiver: Receiver, settings: Settings
    ) -> None:
        with serving(answering(b"", head=ACCEPTED)) as well:
            settings.OUTGOING_ALLOW.append(f"127.0.0.1:{well.port}")
            other = push_stream(account, f"http://127.0.0.1:{well.port}/")
            receiver.say(FAILED)
            here, there = (
                queue(account=account, events={EventType.ACCOUNT_DISABLED: {}}, application=one)
                for one in (stream.application, other.application)
            )
            sending.send(here[0].pk)
            sending.send(there[0].pk)
            assert len(well.seen) == 1

    @pytest.mark.usefixtures("stream")
    def test_one_that_hangs_is_hung_up_on(
        self, account: Account, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "_PATIENCE", timedelta(seconds=0.2))
        receiver.says = _wait_for_the_caller
        event = queued(account)
        assert sending.send(event.pk) is not None
        event.refresh_from_db()
        assert (event.state, event.last_error) == (State.QUEUED, "timed_out")

    @pytest.mark.usefixtures("stream")
    def test_it_is_asked_again_behind_all_that_were_not_asked_yet(
        self, account: Account, receiver: Receiver
    ) -> None:
        receiver.say(FAILED)
        event = queued(account)
        jobs.push.call(str(event.pk))
        rows = DBTaskResult.objects.filter(task_path=jobs.push.module_path)
        first, again = rows.order_by("enqueued_at")
        assert first.priority > again.priority
        assert again.run_after is not None


class TestOrder:
    """SSF §8.1.2.1: what happens to one account is told in the order in which it came about."""

    @pytest.mark.usefixtures("stream")
    def test_a_later_event_of_an_account_waits_for_an_earlier_one(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        earlier = queued(account, EventType.ACCOUNT_DISABLED)
        clock.shift(timedelta(seconds=1))
        later = queued(account, EventType.ACCOUNT_ENABLED)
        at = sending.send(later.pk)
        assert at is not None
        assert receiver.events == []
        sending.send(earlier.pk)
        clock.move_to(at)
        sending.send(later.pk)
        kinds = [next(iter(said(one)["events"])) for one in receiver.events]
        assert kinds == [EventType.ACCOUNT_DISABLED.uri, EventType.ACCOUNT_ENABLED.uri]

    @pytest.mark.usefixtures("stream")
    def test_an_event_whose_job_was_lost_with_a_worker_holds_up_nothing_for_ever(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        queued(account, EventType.ACCOUNT_DISABLED)
        clock.shift(timedelta(hours=2))
        later = queued(account, EventType.ACCOUNT_ENABLED)
        sending.send(later.pk)
        assert len(receiver.events) == 1


def _tries(event: SecurityEvent, clock: time_machine.Traveller) -> list[timedelta]:
    """Do what the worker does until it comes back no more; return the waits in between."""
    waits: list[timedelta] = []
    while (at := sending.send(event.pk)) is not None:
        waits.append(at - timezone.now())
        clock.move_to(at)
    event.refresh_from_db()
    return waits


def _wait_for_the_caller(connection: socket.socket) -> None:
    connection.recv(1)
