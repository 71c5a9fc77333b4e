"""When an account counts as unused, and when its owner is reminded."""

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
    MAY_CLOSE = "may_close"


@dataclass(frozen=True)
class Reminded:
    """When the owner of an unused account was reminded, since it was used last; times aware."""

    at: datetime | None = None
    again_at: datetime | None = None


def unused_since(years: int, *, now: datetime) -> datetime:
    """Return the moment since which an account must have been left alone to count as unused."""
    return now - years * _YEAR


def due(reminded: Reminded, *, now: datetime) -> Due:
    """Return what comes next; nothing but time and a person stands after the second reminder."""
    if reminded.at is None:
        return Due.REMIND
    if reminded.again_at is None:
        return Due.REMIND_AGAIN if now - reminded.at >= AGAIN_AFTER else Due.NOTHING
    return Due.MAY_CLOSE if now - reminded.again_at >= CLOSED_AFTER else Due.NOTHING


def checked_next(reminded: Reminded, *, used_at: datetime, years: int, now: datetime) -> datetime:
    """Return when to look again whether anybody uses an account that was used last at `used_at`."""
    if reminded.at is not None:
        again = reminded.at + AGAIN_AFTER if reminded.again_at is None else now
        return again if again > now else now + _LOOK_AFTER_TELLING
    # One that is about to close is unused for long, and yet nobody is reminded.
    due = max(used_at + years * _YEAR, now + _DAY)
    return min(due, now + _LOOK_AFTER)
