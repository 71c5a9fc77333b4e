"""What the staff lift for somebody who tried too often: all that counts by a name or mailbox alone.

What counts by network, account or the code of one mail stays: it keeps guessing slow.
"""

from collections.abc import Collection
from typing import Final

from accounts.limits.operations import Verdict, clear, forget, hit, is_known, peek, remember
from accounts.limits.table import (
    RECOVERY_MAIL,
    RECOVERY_MAIL_DAILY,
    RESET_MAIL,
    RESET_MAIL_DAILY,
    SIGN_IN,
    SIGN_IN_AFTER_LIFT,
    SIGN_IN_LIFTED,
    SIGN_IN_MAIL_DAILY,
    SIGN_IN_MAIL_NAME,
    SIGN_IN_NAME,
    SIGN_IN_STOPPED,
    SIGN_UP_MAIL,
    SIGN_UP_MAIL_DAILY,
    Limit,
)

# Over these a page refuses, or asks for another way first.
_REFUSING: Final = (
    *(SIGN_IN_STOPPED, SIGN_IN_AFTER_LIFT, SIGN_IN_NAME),
    *(SIGN_IN_MAIL_NAME, SIGN_IN_MAIL_DAILY, SIGN_UP_MAIL, SIGN_UP_MAIL_DAILY),
)
# Over these the page is the same, and no further mail goes out while the last one's link works.
_QUIET: Final = (RESET_MAIL, RESET_MAIL_DAILY, RECOVERY_MAIL, RECOVERY_MAIL_DAILY)


def lift(names: Collection[str]) -> None:
    """Forget the tries under these names, and let further passwords of theirs through for a while.

    The passwords are as many as one place has anyway (`SIGN_IN_AFTER_LIFT`), since nobody of the
    staff knows the network that was stopped.
    """
    for name in names:
        for limit in (*_REFUSING, *_QUIET):
            clear(limit, name)
        forget(SIGN_IN_LIFTED, name)
        remember(SIGN_IN_LIFTED, name)


def is_stopped(names: Collection[str]) -> bool:
    """Say whether a page refuses anything for these names now that staff may lift."""
    return _is_full(_REFUSING, names)


def is_limited(names: Collection[str]) -> bool:
    """Say whether these names have had as many mails as go out to them for now."""
    return _is_full(_QUIET, names)


def is_let_through(name: str) -> bool:
    """Count a password beyond `SIGN_IN`, and say whether the staff let it through."""
    return is_known(SIGN_IN_LIFTED, name) and hit(SIGN_IN_AFTER_LIFT, name).allowed


def is_liftable(verdict: Verdict) -> bool:
    """Say whether what refused is something that the staff may lift."""
    return verdict.limit in {one.name for one in (SIGN_IN, *_REFUSING)}


def _is_full(limits: Collection[Limit], names: Collection[str]) -> bool:
    return not all(peek(limit, name).allowed for limit in limits for name in names)
