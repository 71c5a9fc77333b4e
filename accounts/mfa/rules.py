"""Whether a session may change who gets into its account, and what may be removed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.assurance import PASSING, SECOND_STEPS, Level, Method, lasting_level_of, level_of

# After a recovery, before everything is held.
FIRST_WAY_WITHIN = timedelta(hours=1)


class Standing(StrEnum):
    """How a session stands to changing the ways to sign in.

    Passing: its second step was one that reaches services and changes nothing. Held: the account
    was recovered a short while ago. Too weak: it takes a way that the account does not have.
    """

    FRESH = "fresh"
    STALE = "sign_in_again"
    PASSING = "second_step_does_not_last"
    HELD = "changes_held"
    TOO_WEAK = "account_has_no_strong_way"


@dataclass(frozen=True)
class Presence:
    """What decides it: proofs given and to be had, and when; times aware.

    `set_aside`: the methods that open nothing until their owner has kept them.
    """

    proved: frozenset[Method]
    available: frozenset[Method]
    signed_in_at: datetime
    held_until: datetime | None = None
    set_aside: frozenset[Method] = frozenset()


def level_to_change(available: frozenset[Method], set_aside: frozenset[Method]) -> Level:
    """Return how strongly one must have signed in to change who gets in.

    A mailbox can set ways aside. If that left a password alone to decide, whoever reads the mailbox
    and knows the password would have taken the account over without any other way.
    """
    with_all = lasting_level_of(available | set_aside)
    return max(lasting_level_of(available), min(with_all, Level.TWO_FACTORS))


def standing(
    presence: Presence,
    *,
    now: datetime,
    fresh_for: timedelta,
    at_least: Level = Level.ONE_FACTOR,
    at_most: Level = Level.PHISHING_RESISTANT,
) -> Standing:
    """Return how the session stands: signed in anew, by as much as the account has?

    `at_most`: where less will do than the account has. `at_least`: where no less will do.
    """
    if presence.held_until is not None and now < presence.held_until:
        return Standing.HELD
    if lasting_level_of(presence.available) < at_least:
        return Standing.TOO_WEAK
    needed = min(level_to_change(presence.available, presence.set_aside), at_most)
    if now - presence.signed_in_at >= fresh_for or level_of(presence.proved) < needed:
        return Standing.STALE
    return Standing.FRESH if lasting_level_of(presence.proved) >= needed else Standing.PASSING


def completes_recovery(
    *, available: frozenset[Method], recovered_at: datetime, auth_time: datetime, now: datetime
) -> bool:
    """Say whether a way that is added now is the first beside a recovery's new password."""
    is_soon = recovered_at <= auth_time and now - recovered_at < FIRST_WAY_WITHIN
    return is_soon and available == {Method.PASSWORD}


# From the owner's adding a key at a counter to the note that it is the council's.
LENT_WITHIN = timedelta(hours=1)


class Lending(StrEnum):
    """What becomes of the wish to note a security key as the council's."""

    LENT = "lent"
    GONE = "gone_already"
    TOO_OLD = "added_too_long_ago"


def lending(*, added_at: datetime, now: datetime) -> Lending:
    """Return whether a key may be noted as lent: one handed over just now alone.

    What is noted so, staff can take off the account. A key of the owner's own must never become
    such a one later, or one member of staff could take it away alone.
    """
    return Lending.LENT if now - added_at <= LENT_WITHIN else Lending.TOO_OLD


class Removal(StrEnum):
    """What becomes of the wish to remove a way to sign in."""

    REMOVED = "removed"
    LAST_WAY = "last_way_in"
    TOO_NEW = "signed_in_by_a_new_way"
    GONE = "gone_already"


_FIRST_STEPS = frozenset({Method.PASSWORD, Method.PASSKEY})


def removal(*, left: frozenset[Method], by_new_way: bool) -> Removal:
    """Return whether a way may go: `left` are the methods that remain.

    `by_new_way`: the session rests on another way that was added a short while ago by a password
    alone, which may have been a stranger's doing.
    """
    if not left & _FIRST_STEPS:
        return Removal.LAST_WAY
    return Removal.TOO_NEW if by_new_way else Removal.REMOVED


def keeps_recovery_codes(left: frozenset[Method]) -> bool:
    """Say whether recovery codes still stand beside another second step."""
    return bool(left & (SECOND_STEPS - PASSING))
