"""What "this wasn't me" may do."""

from datetime import datetime, timedelta
from enum import StrEnum

from accounts.assurance import Method, lasting_level_of
from accounts.mfa.rules import level_to_change

# Whoever reads the mailbox could set aside each new way of the owner's: the second time we ask.
MAIL_AGAIN_AFTER = timedelta(days=30)
# An event is written just after what it tells of, in the same transaction.
BEFORE_THE_EVENT = timedelta(seconds=5)
_FIRST_STEPS = {Method.PASSWORD, Method.PASSKEY}


class Outcome(StrEnum):
    """What came of "this wasn't me"; everybody is signed out in every case but the last.

    Check: a mailbox said so lately, so that people must look into it. Ended: nothing was set aside.
    """

    SET_ASIDE = "not_me_set_aside"
    ENDED = "not_me_ended"
    CHECK = "not_me_needs_check"
    LINK_DEAD = "not_me_link_dead"


def may_set_aside_by_mail(last: datetime | None, *, now: datetime) -> bool:
    """Say whether a mailed link may set ways aside, given when one last did."""
    return last is None or now - last >= MAIL_AGAIN_AFTER


def leaves_a_way_in(left: frozenset[Method], set_aside: frozenset[Method]) -> bool:
    """Say whether somebody with what is left could still sign in and keep or remove the rest."""
    can_begin = bool(left & _FIRST_STEPS)
    return can_begin and lasting_level_of(left) >= level_to_change(left, set_aside)
