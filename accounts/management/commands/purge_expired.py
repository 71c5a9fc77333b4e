"""Delete what has served its time; run it by a timer, daily or more often."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.closing import due as closings
from accounts.management import printing
from accounts.management.purging import Retention, retentions
from accounts.notices.operations import queue_lost_again
from accounts.recovery.waiting import due


class Command(BaseCommand):
    """Deletes expired rows of every app, does what lost jobs left undone, and says how many."""

    help = (
        "Delete expired sign-ins, sign-ups, messages, help codes and counters, "
        "close accounts whose waiting time is over, "
        "send notices of recoveries that are overdue, "
        "and queue mails again that a killed worker left unsent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the answer as JSON."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: str, **options: Any) -> None:
        """Delete kind by kind, each in its own transaction."""
        now = timezone.now()
        done = {retention.what: _delete(retention, now) for retention in retentions()}
        done["accounts closed"] = closings.close_due(now=now)
        done["recoveries brought on"] = due.run(now=now)
        done["mails queued again"] = queue_lost_again(now=now)
        show = printing.as_json if options["json"] else printing.as_text
        self.stdout.write(show(done))


def _delete(retention: Retention, now: datetime) -> int:
    rows = retention.due(now)
    return rows.delete()[1].get(rows.model._meta.label, 0)  # noqa: SLF001
