"""What falls due about unused accounts: their owners are reminded, by the nightly purge."""

from datetime import datetime

from accounts.audit.actor import SYSTEM
from accounts.retention.one_by_one import each
from accounts.unused import operations, queries


def remind_due(*, now: datetime) -> int:
    """Remind whom it is time to remind, each in a transaction of its own; return how many."""
    if not queries.is_on():
        return 0
    operations.forget_used(now=now)
    rows = queries.unused(now)
    return sum(each(rows, lambda row: operations.remind(account=row, now=now, by=SYSTEM)))
