"""What falls due by itself: accounts whose waiting time is over close, by the nightly purge."""

from datetime import datetime

from accounts.audit.actor import SYSTEM
from accounts.closing import operations, queries
from accounts.closing.rules import Due


def close_due(*, now: datetime) -> int:
    """Close what is to close by this moment, each in its own transaction; return how many did."""
    rows = queries.due_to_close(now).select_related("account")
    done = [operations.come_about(closing=row, now=now, by=SYSTEM) for row in rows]
    return done.count(Due.CLOSE)
