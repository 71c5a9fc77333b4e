"""Delete what has served its time; run it by a timer, daily or more often."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.closing import due as closings
from accounts.export.operations import queue_lost_again as queue_lost_copies_again
from accounts.management import printing
from accounts.notices.operations import queue_lost_again
from accounts.recovery.waiting import due
from accounts.retention import operations
from accounts.signals import jobs_looked_after
from accounts.unused import due as unused

logger = logging.getLogger(__name__)
_Counts: TypeAlias = dict[str, int]


def _look_after_jobs(now: datetime) -> _Counts:
    counts: _Counts = {}
    for _, queued_again in jobs_looked_after.send(Command, now=now):
        counts |= cast("_Counts", queued_again)
    return counts


_STEPS: Final[dict[str, Callable[[datetime], _Counts | int]]] = {
    "rows deleted": lambda now: operations.purge(now=now),
    "accounts closed": lambda now: closings.close_due(now=now),
    "closed accounts emptied": lambda now: closings.empty_due(now=now),
    "owners of unused accounts reminded": lambda now: unused.remind_due(now=now),
    "recoveries brought on": lambda now: due.run(now=now),
    "mails queued again": lambda now: queue_lost_again(now=now),
    "copies queued again": lambda now: queue_lost_copies_again(now=now),
    "messages to services queued again": _look_after_jobs,
}


class Command(BaseCommand):
    """Deletes rows of every app whose time is over, and does what lost jobs left undone."""

    help = (
        "Delete what has served its time, as record_of_processing lists it, "
        "close accounts whose waiting time is over and empty those that nobody can have back, "
        "remind owners of unused accounts, "
        "send notices of recoveries that are overdue, "
        "and queue mails, copies and messages to services again that a killed worker left."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the answer as JSON."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: str, **options: Any) -> None:
        """Do every step, in small transactions, and say how many rows each was about."""
        now = timezone.now()
        done: _Counts = {}
        failed = []
        for name, step in _STEPS.items():
            try:
                counts = step(now)
            except Exception as error:  # noqa: BLE001 - one that fails keeps no other from its turn
                # Its class alone: the text may hold what a row does.
                logger.error("%s failed: %s", name, type(error).__name__)  # noqa: TRY400
                failed.append(name)
            else:
                done |= counts if isinstance(counts, dict) else {name: counts}
        show = printing.as_json if options["json"] else printing.as_text
        self.stdout.write(show(done))
        if failed:
            message = f"Not all was done, as the log tells: {', '.join(failed)}"
            raise CommandError(message)
