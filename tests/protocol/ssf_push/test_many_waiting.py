"""However much waits for a receiver, the cost of waiting is bounded, and all arrives in the end."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
import time_machine
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.push import jobs
from idp.ssf.push.operations import queue_lost_again
from idp.ssf.push.rules import AT_ONCE, LEFT_ALONE_AT_MOST
from idp.ssf.streams import operations as streams
from tests import factories
from tests.protocol.ssf_push.receiving import ACCEPTED, FAILED, Receiver, queued, said

pytestmark = pytest.mark.django_db

State, Status = SecurityEvent.State, EventStream.Status
MANY: Final = AT_ONCE + 10
HALF_A_DAY: Final = timedelta(hours=12)


@pytest.fixture
def accounts(stream: EventStream) -> list[Account]:
    """Accounts that the application of the one stream knows."""
    made = [factories.account(f"resident-{number}@example.com") for number in range(MANY)]
    for account in made:
        factories.known_account(account, stream.application)
    return made


def _jobs() -> int:
    return DBTaskResult.objects.filter(task_path=jobs.push.module_path).count()


def _due(job: "DBTaskResult[..., Any]") -> datetime:
    at: datetime = job.run_after
    # The end of time stands for "at once".
    return job.enqueued_at if at - job.enqueued_at > timedelta(days=365) else at


def _work(clock: time_machine.Traveller, *, until: datetime) -> int:
    """Do what the worker does until then; return how many jobs it did."""
    done = 0
    rows = DBTaskResult.objects.filter(task_path=jobs.push.module_path)
    while waiting := rows.order_by("enqueued_at"):
        job = min(waiting, key=_due)
        if _due(job) > until:
            break
        job.delete()
        clock.move_to(max(_due(job), timezone.now()))
        jobs.push.call(*job.args_kwargs["args"])
        done += 1
    clock.move_to(until)
    return done


def _in(**much: float) -> datetime:
    return timezone.now() + timedelta(**much)


def _queue(accounts: list[Account], clock: time_machine.Traveller) -> None:
    for account in accounts:
        queued(account)
        clock.shift(timedelta(seconds=0.01))


def _all_delivered() -> bool:
    return not SecurityEvent.objects.filter(~Q(state=State.DELIVERED)).exists()


def test_half_a_day_of_500_makes_no_jobs_for_each_of_many_events(
    accounts: list[Account], receiver: Receiver, clock: time_machine.Traveller
) -> None:
    receiver.say(FAILED)
    _queue(accounts, clock)
    done = _work(clock, until=timezone.now() + HALF_A_DAY)
    # One each at first; then those few that ask whether the receiver is back.
    asked = len(receiver.events)
    assert done < 6 * HALF_A_DAY / LEFT_ALONE_AT_MOST
    assert asked < 2 * HALF_A_DAY / LEFT_ALONE_AT_MOST
    receiver.say(ACCEPTED)
    _work(clock, until=_in(minutes=20))
    heard = {said(token)["jti"] for token in receiver.events[asked:]}
    # Those that have failed for long sleep for longer.
    assert len(heard) >= MANY - SecurityEvent.objects.filter(tries__gt=1).count() > 0
    _work(clock, until=_in(hours=5))
    assert _all_delivered()


def test_what_was_kept_for_a_pause_is_pushed_by_and_by_in_order(
    accounts: list[Account],
    stream: EventStream,
    receiver: Receiver,
    clock: time_machine.Traveller,
) -> None:
    streams.set_status(stream=stream, status=Status.PAUSED, reason="", by=OPERATOR)
    _queue(accounts, clock)
    for kind in (EventType.ACCOUNT_DISABLED, EventType.ACCOUNT_ENABLED):
        queued(accounts[-1], kind)
        clock.shift(timedelta(seconds=1))
    streams.set_status(stream=stream, status=Status.ENABLED, reason="", by=OPERATOR)
    # Whoever lets a stream go on does not wait until thousands have their jobs.
    assert _jobs() == AT_ONCE
    queued(accounts[-1], EventType.ACCOUNT_DISABLED)
    _work(clock, until=_in(minutes=30))
    assert _all_delivered()
    tokens = [said(token) for token in receiver.events]
    disabled, enabled = EventType.ACCOUNT_DISABLED.uri, EventType.ACCOUNT_ENABLED.uri
    [whose] = [one["sub_id"] for one in tokens if enabled in one["events"]]
    told = [next(iter(one["events"])) for one in tokens if one["sub_id"] == whose]
    assert told == [disabled, disabled, enabled, disabled]


def test_the_nightly_run_lets_go_what_waits_for_nothing(
    accounts: list[Account], receiver: Receiver, clock: time_machine.Traveller
) -> None:
    """As when a stream went on at the moment at which the event was written."""
    queued(accounts[0])
    DBTaskResult.objects.all().delete()
    SecurityEvent.objects.update(next_try_at=None)
    queue_lost_again(now=timezone.now())
    _work(clock, until=_in(minutes=1))
    assert len(receiver.events) == 1
