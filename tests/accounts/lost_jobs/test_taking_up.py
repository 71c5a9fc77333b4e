"""Jobs at which a worker was killed are done again, soon and not for ever."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.lost_jobs import rules
from accounts.lost_jobs.operations import take_up
from accounts.lost_jobs.rules import LOST_AFTER, MOST_TIMES, Fate

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
Status = TaskResultStatus


def _job(*, status: str = Status.RUNNING, age: timedelta = LOST_AFTER, begun: int = 1) -> str:
    now = timezone.now()
    row: DBTaskResult[..., Any] = DBTaskResult.objects.create(
        status=status,
        started_at=now - age,
        finished_at=None if status == Status.RUNNING else now,
        worker_ids=[f"worker-{number}" for number in range(begun)],
        args_kwargs={"args": ["1"], "kwargs": {}},
        task_path="accounts.notices.jobs.send_message",
        backend_name="default",
        run_after=now - age,
    )
    return str(row.pk)


def _status() -> str:
    return str(DBTaskResult.objects.get().status)


def test_a_job_whose_worker_was_killed_waits_for_another() -> None:
    _job()
    assert take_up(now=timezone.now()) == 1
    row = DBTaskResult.objects.ready().get()
    assert (row.started_at, row.worker_ids) == (None, ["worker-0"])


def test_one_that_a_worker_may_be_at_is_left_to_it() -> None:
    _job(age=LOST_AFTER - 10 * SECOND)
    assert take_up(now=timezone.now()) == 0
    assert _status() == Status.RUNNING


@pytest.mark.parametrize("status", [Status.READY, Status.SUCCESSFUL, Status.FAILED])
def test_one_that_nobody_is_at_is_left_as_it_is(status: str) -> None:
    _job(status=status, age=10 * LOST_AFTER)
    assert take_up(now=timezone.now()) == 0
    assert _status() == status


def test_one_that_kills_its_worker_each_time_is_given_up_and_purged_later() -> None:
    assert rules.fate(times_begun=MOST_TIMES - 1) is Fate.AGAIN
    _job(begun=MOST_TIMES)
    assert take_up(now=timezone.now()) == 0
    row = DBTaskResult.objects.get()
    assert row.status == Status.FAILED
    assert row.finished_at is not None
    row.finished_at -= timedelta(days=8)
    row.save()
    call_command("purge_expired", stdout=StringIO())
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("command", ["queue_lost_jobs", "purge_expired"])
def test_both_timers_have_them_done(command: str) -> None:
    _job()
    out = StringIO()
    call_command(command, "--json", stdout=out)
    assert json.loads(out.getvalue())["jobs taken up again"] == 1
    assert _status() == Status.READY
