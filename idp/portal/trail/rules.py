"""What somebody wants to see of a trail, and where a page of it begins."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from accounts.security.tokens import READABLE

SPANS: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
REFUSED, PASSED = "refused", "passed"
PROVED, ANYBODY = "proved", "anybody"
_HELP_CODE_LENGTH: Final = 8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


@dataclass(frozen=True)
class Wanted:
    """Which entries are to be seen; empty: whatever there is."""

    endpoint: str = ""
    outcome: str = ""
    sender: str = ""
    span: str = ""


@dataclass(frozen=True)
class Place:
    """An entry that the next page begins after."""

    at: datetime
    number: int

    def __str__(self) -> str:
        microseconds = (self.at - _EPOCH) // timedelta(microseconds=1)
        return f"{microseconds}-{self.number}"


def place(text: str) -> Place | None:
    """Return the place that an address names, None for anything else."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    try:
        at = _EPOCH + timedelta(microseconds=int(found[1]))
    except OverflowError:
        return None
    return Place(at, int(found[2]))


def help_code(typed: str) -> str:
    """Return a help code as entries have it, whatever it was typed with; empty if it is none."""
    letters = [letter for letter in typed.upper() if letter.isalnum()]
    if len(letters) != _HELP_CODE_LENGTH or not set(letters) <= set(READABLE):
        return ""
    code = "".join(letters)
    return f"{code[:4]}-{code[4:]}"
