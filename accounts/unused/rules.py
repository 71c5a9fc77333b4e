"""When an account counts as unused, when its owner is told, and who may close it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# Below that, a resident who deals with the council once in a parliament would lose the account.
SHORTEST_YEARS: Final = 5
_YEAR: Final = timedelta(days=365.25)
# Months, so that a long stay abroad or in hospital lies between no more than one of them and both.
AGAIN_AFTER: Final = timedelta(days=120)
CLOSED_AFTER: Final = timedelta(days=120)
# From the telling of the day to the day.
NOTICE: Final = timedelta(days=90)

# So often at least an account is looked at: the years may be set anew.
_LOOK_AFTER: Final = timedelta(days=365)
# And one whose owner was told, who may have come back since.
_LOOK_AFTER_TELLING: Final = timedelta(days=30)
_DAY: Final = timedelta(days=1)


class Due(StrEnum):
    """What is to be done about an account that nobody has used for so long."""

    NOTHING = "nothing"
    REMIND = "remind"
    REMIND_AGAIN = "remind_again"
    ANNOUNCE = "announce_closing"
    CLOSE = "close"
    MAY_CLOSE = "may_close"


# When an operator may; the clock does two of them without.
FOR_OPERATORS: Final = frozenset({Due.ANNOUNCE, Due.CLOSE, Due.MAY_CLOSE})


class Way(StrEnum):
    """How an owner is told the day of the closing."""

    MAIL = "mail"
    TEXT = "text"
    LETTER = "letter"


class Hindrance(StrEnum):
    """Why the clock does not close an unused account: an operator decides."""

    OFF = "operators_alone_close"
    NOT_SO_LONG = "not_unused_for_so_long"
    MEMBER = "is_member_of_an_organisation"
    HELD = "something_of_its_owners_waits"
    PROTECTED = "its_owner_needs_care"
    NOT_BY_MAIL = "not_told_by_mail"
    BY_MAIL_ALONE = "told_by_mail_alone"


@dataclass(frozen=True)
class Reminded:
    """When the owner of an unused account was reminded, since it was used last; times aware.

    `closes_at`: the day of which its owner was told, if they were.
    """

    at: datetime | None = None
    again_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What decides whether the clock may close an unused account.

    `by_clock`: the settings let it. `is_held`: a recovery, a complaint or a suspicion is open.
    `is_protected`: its owner must be careful about what reaches them, or where. `ways`: by which
    its owner can be told; once they were told, those by which it arrived.
    """

    by_clock: bool = True
    is_long_unused: bool = True
    is_member: bool = False
    is_held: bool = False
    is_protected: bool = False
    ways: frozenset[Way] = frozenset(Way)


def unused_since(years: int, *, now: datetime) -> datetime:
    """Return the moment since which an account must have been left alone to count as unused."""
    return now - years * _YEAR


def hindrance(facts: Facts) -> Hindrance | None:
    """Return why the clock may not close the account, or None if it may."""
    found = (
        (Hindrance.OFF, not facts.by_clock),
        (Hindrance.NOT_SO_LONG, not facts.is_long_unused),
        (Hindrance.MEMBER, facts.is_member),
        (Hindrance.HELD, facts.is_held),
        (Hindrance.PROTECTED, facts.is_protected),
        (Hindrance.NOT_BY_MAIL, Way.MAIL not in facts.ways),
        (Hindrance.BY_MAIL_ALONE, facts.ways == {Way.MAIL}),
    )
    return next((reason for reason, hinders in found if hinders), None)


def due(reminded: Reminded, hindered: Hindrance | None, *, now: datetime) -> Due:
    """Return what comes next; nobody closes an account before the day of which its owner was told.

    `hindered`: why the clock may not close it, if it may not.
    """
    if reminded.at is None:
        return Due.REMIND
    if now < next_step(reminded, reminded.at):
        return Due.NOTHING
    if reminded.again_at is None:
        return Due.REMIND_AGAIN
    if hindered is not None:
        return Due.MAY_CLOSE
    return Due.ANNOUNCE if reminded.closes_at is None else Due.CLOSE


def next_step(reminded: Reminded, first_at: datetime) -> datetime:
    """Return when the next step may be taken about an owner who was reminded at `first_at`."""
    if reminded.again_at is None:
        return first_at + AGAIN_AFTER
    return reminded.closes_at or reminded.again_at + CLOSED_AFTER


def checked_next(reminded: Reminded, *, used_at: datetime, years: int, now: datetime) -> datetime:
    """Return when to look again whether anybody uses an account that was used last at `used_at`."""
    if reminded.at is not None:
        step, look = next_step(reminded, reminded.at), now + _LOOK_AFTER_TELLING
        return min(step, look) if step > now else look
    # One that is about to close is unused for long, and yet nobody is reminded.
    due = max(used_at + years * _YEAR, now + _DAY)
    return min(due, now + _LOOK_AFTER)
