"""What a notice may say, and for how long. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accounts.names.rules import is_plain_line

LONGEST: Final = 300
LONGEST_TIME: Final = timedelta(days=31)
FURTHEST_AHEAD: Final = timedelta(days=92)
# More than anybody reads above a sign-in form.
MOST_AT_ONCE: Final = 3


class Problem(StrEnum):
    """Why a notice cannot be published."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_PLAIN = "not_plain"
    OVER = "over"
    ENDS_FIRST = "ends_first"
    LASTS_TOO_LONG = "lasts_too_long"
    TOO_FAR_AHEAD = "too_far_ahead"
    TOO_MANY = "too_many"


def words(typed: str) -> str:
    """Return the text on one line."""
    return " ".join(typed.replace("\r", "\n").replace("\n", " ").split(" ")).strip()


def problem_of_text(text: str) -> Problem | None:
    """Return why the text cannot be published, if so."""
    if not text:
        return Problem.MISSING
    if len(text) > LONGEST:
        return Problem.TOO_LONG
    return None if is_plain_line(text) else Problem.NOT_PLAIN


def problem_of_times(*, starts: datetime, ends: datetime, now: datetime) -> Problem | None:
    """Return why it cannot be shown from then until then, if so."""
    if ends <= now:
        return Problem.OVER
    if ends <= starts:
        return Problem.ENDS_FIRST
    if starts - now > FURTHEST_AHEAD:
        return Problem.TOO_FAR_AHEAD
    return Problem.LASTS_TOO_LONG if ends - starts > LONGEST_TIME else None
