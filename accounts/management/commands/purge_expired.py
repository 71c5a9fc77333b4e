"""Delete what has served its time; run it by a timer, daily or more often."""

from typing import Any, cast

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.closing import due as closings
from accounts.export.operations import queue_lost_again as queue_lost_copies_again
from accounts.management import printing
from accounts.notices.operations import queue_lost_again
from accounts.recovery.waiting import due
from accounts.retention import operations
from accounts.signals import jobs_looked_after
from accounts.unused import due as unused


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
        """Delete table by table, in small transactions, and say how many rows."""
        now = timezone.now()
        done = operations.purge(now=now)
        done["accounts closed"] = closings.close_due(now=now)
        done["closed accounts emptied"] = closings.empty_due(now=now)
        done["owners of unused accounts reminded"] = unused.remind_due(now=now)
        done["recoveries brought on"] = due.run(now=now)
        done["mails queued again"] = queue_lost_again(now=now)
        done["copies queued again"] = queue_lost_copies_again(now=now)
        for _, queued_again in jobs_looked_after.send(Command, now=now):
            done |= cast("dict[str, int]", queued_again)
        show = printing.as_json if options["json"] else printing.as_text
        self.stdout.write(show(done))
