"""What falls due by itself, by the nightly purge: accounts close, and later are emptied."""

from datetime import datetime

from accounts.audit.actor import SYSTEM
from accounts.closing import operations, queries
from accounts.closing.rules import Due
from accounts.retention.one_by_one import each


def close_due(*, now: datetime) -> int:
    """Close what is to close by this moment, each in its own transaction; return how many did."""
    rows = queries.due_to_close(now).select_related("account")
    done = each(rows, lambda row: operations.come_about(closing=row, now=now, by=SYSTEM))
    return done.count(Due.CLOSE)


def empty_due(*, now: datetime) -> int:
    """Empty the accounts that nobody can have back any more, likewise; return how many."""
    rows = queries.due_to_empty(now).select_related("account")
    return sum(each(rows, lambda row: operations.empty(closing=row, now=now, by=SYSTEM)))
