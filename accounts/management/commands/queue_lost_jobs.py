"""Have done what a killed worker left undone; run it by a timer, every few minutes."""

from datetime import datetime
from typing import ClassVar, Final, cast

from accounts.export.operations import queue_lost_again as queue_lost_copies_again
from accounts.lost_jobs.operations import take_up
from accounts.management.steps_command import Counts, Steps, StepsCommand
from accounts.notices.operations import queue_lost_again
from accounts.signals import jobs_looked_after


def _look_after_jobs(now: datetime) -> Counts:
    counts: Counts = {}
    for _, queued_again in jobs_looked_after.send(Command, now=now):
        counts |= cast("Counts", queued_again)
    return counts


STEPS: Final[Steps] = {
    # First: what has its job back needs no new one.
    "jobs taken up again": lambda now: take_up(now=now),
    "mails queued again": lambda now: queue_lost_again(now=now),
    "copies queued again": lambda now: queue_lost_copies_again(now=now),
    "messages to services queued again": _look_after_jobs,
}


class Command(StepsCommand):
    """Queues again what no job will do."""

    help = "Queue mails, copies and messages to services again that a killed worker left."
    steps: ClassVar[Steps] = STEPS
