"""How old somebody is, and which dates of birth an account may have."""

from datetime import date
from enum import StrEnum

ADULT = 18
# Nobody has lived longer than 122 years.
OLDEST = 130


class BirthProblem(StrEnum):
    """Why a date of birth is refused."""

    FUTURE = "future"
    TOO_LONG_AGO = "too_long_ago"
    TOO_YOUNG = "too_young"


def age(born: date, *, today: date) -> int:
    """Return how many years old somebody is; born on 29 February, they turn older on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def birth_problem(born: date, *, today: date, minimum_age: int) -> BirthProblem | None:
    """Return what is wrong with a date of birth, if anything."""
    if born > today:
        return BirthProblem.FUTURE
    years = age(born, today=today)
    if years > OLDEST:
        return BirthProblem.TOO_LONG_AGO
    return BirthProblem.TOO_YOUNG if years < minimum_age else None


def is_minor(born: date | None, *, today: date) -> bool:
    """Say whether somebody told us that they are under 18."""
    return born is not None and age(born, today=today) < ADULT
