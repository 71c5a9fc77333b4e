"""Looking somebody up, counted: whoever makes many tries who has an account here is stopped."""

from accounts.models import Account
from idp.console.fishing import counting
from idp.console.helping.finding import Found, find


def find_counted(typed: str, *, by: Account) -> Found:
    """Return what was typed leads to; it counts as a look, and as a miss where it leads nowhere.

    Call it outside a transaction.

    Raises:
        accounts.limits.operations.OverLimitError: too much did; that is told.
    """
    counting.look(by=by)
    found = find(typed)
    if found.is_miss:
        counting.miss(by=by)
    return found
