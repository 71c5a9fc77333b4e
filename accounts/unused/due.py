"""What falls due about unused accounts: their owners are reminded, by the nightly purge."""

from datetime import datetime
from typing import Final

from accounts.audit.actor import SYSTEM
from accounts.retention.one_by_one import each
from accounts.unused import operations, queries

# However many accounts there are, a night looks at so many; the others have their turn in the next.
_MOST_A_NIGHT: Final = 5000


def remind_due(*, now: datetime) -> int:
    """Remind whom it is time to remind, each in a transaction of its own; return how many."""
    if not queries.is_on():
        return 0
    rows = queries.to_check(now)[:_MOST_A_NIGHT]
    return sum(each(rows, lambda row: operations.check(account=row, now=now, by=SYSTEM)))
