"""How a start code is written, and whether it still begins anything."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accounts.security.tokens import READABLE

# Of 1e16. Two weeks and a whole council's sheets: guessing finds none, from however many places.
LENGTH: Final = 12
# Days after the one on which it was printed.
LASTS: Final = timedelta(days=14)
# Wrong dates of birth, of whoever found the sheet. The owner mistypes a few.
TRIES: Final = 10
_GROUP: Final = 4
_BETWEEN: Final = re.compile(r"[\s-]")
_CODE: Final = re.compile(rf"[{READABLE}]{{{LENGTH}}}")


class Standing(StrEnum):
    """Whether a code still begins an account, and if not, why."""

    WAITING = "waiting"
    USED = "used"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    TRIED_OUT = "tried_out"


class Refusal(StrEnum):
    """Why nothing began; which of all reasons makes a code bad is told to nobody who types it."""

    NOT_GOOD = "start_code_not_good"
    STAFF_HERE = "start_code_by_staff"
    SIGNED_IN = "start_code_signed_in"


@dataclass(frozen=True)
class Facts:
    """What decides how a code stands; times aware."""

    expires_at: datetime
    is_used: bool
    is_cancelled: bool
    tries: int


def standing(facts: Facts, *, now: datetime) -> Standing:
    """Return how a code stands."""
    if facts.is_used:
        return Standing.USED
    if facts.is_cancelled:
        return Standing.CANCELLED
    if now >= facts.expires_at:
        return Standing.EXPIRED
    return Standing.TRIED_OUT if facts.tries >= TRIES else Standing.WAITING


def as_code(typed: str) -> str:
    """Return the code as it was made, from what somebody typed off a sheet; or nothing."""
    code = _BETWEEN.sub("", typed).upper()
    return code if _CODE.fullmatch(code) else ""


def shown(code: str) -> str:
    """Return the code in groups, as it is printed: CDFG-HJKM-NPQR."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))
