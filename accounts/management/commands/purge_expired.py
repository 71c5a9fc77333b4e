"""Delete what has served its time; run it by a timer, daily or more often."""

from datetime import datetime
from typing import ClassVar, cast

from accounts.closing import due as closings
from accounts.management.commands import queue_lost_jobs
from accounts.management.steps_command import Counts, Steps, StepsCommand
from accounts.profile.emails.changes import due as email_changes
from accounts.recovery.waiting import due
from accounts.retention import operations
from accounts.signals import day_passed
from accounts.staffing.directory.leavers.operations import end_of_gone
from accounts.suspension.deaths.operations import undo_lapsed
from accounts.unused import due as unused


def _due_elsewhere(now: datetime) -> Counts:
    counts: Counts = {}
    for _, done in day_passed.send(Command, now=now):
        counts |= cast("Counts", done)
    return counts


class Command(StepsCommand):
    """Deletes rows of every app whose time is over, and does what lost jobs left undone."""

    help = (
        "Delete what has served its time, as record_of_processing lists it, "
        "close accounts whose waiting time is over and empty those that nobody can have back, "
        "end accounts of staff whom the directory gave up a month ago, "
        "give accounts back of which nobody showed that their owners had died, "
        "remind owners of unused accounts, and close them where the settings let the clock, "
        "send notices of recoveries that are overdue, "
        "bring about changes of email that the staff agreed to, "
        "tell partners of what ends soon, "
        "and do as queue_lost_jobs does."
    )
    steps: ClassVar[Steps] = {
        "rows deleted": lambda now: operations.purge(now=now),
        "accounts closed": lambda now: closings.close_due(now=now),
        "closed accounts emptied": lambda now: closings.empty_due(now=now),
        "deaths not confirmed": lambda now: undo_lapsed(now=now),
        "unused accounts": lambda now: unused.look(now=now),
        "staff gone for good": lambda now: end_of_gone(now=now),
        "due elsewhere": _due_elsewhere,
        "recoveries brought on": lambda now: due.run(now=now),
        "changes of email brought on": lambda now: email_changes.run(now=now),
        **queue_lost_jobs.STEPS,
    }
