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
