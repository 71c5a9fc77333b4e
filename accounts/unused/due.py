"""What falls due about unused accounts: telling their owners, and closing, by the nightly purge."""

from collections import Counter
from datetime import datetime
from typing import Final

from accounts.audit.actor import SYSTEM
from accounts.retention.one_by_one import each
from accounts.unused import operations, queries
from accounts.unused.rules import Due

# However many accounts there are, a night looks at so many; the others have their turn in the next.
_MOST_A_NIGHT: Final = 5000


def look(*, now: datetime) -> dict[str, int]:
    """Do what is due about each in a transaction of its own; return how many it was, by what."""
    rows = queries.to_check(now)[:_MOST_A_NIGHT] if queries.is_on() else ()
    done = Counter(each(rows, lambda row: operations.check(account=row, now=now, by=SYSTEM)))
    return {
        "owners of unused accounts reminded": done[Due.REMIND] + done[Due.REMIND_AGAIN],
        "closings of unused accounts announced": done[Due.ANNOUNCE],
        "unused accounts closed": done[Due.CLOSE],
    }
