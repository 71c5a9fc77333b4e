"""How old somebody is, decided without a database."""

from datetime import date

import pytest

from accounts.profile.details.rules import BirthProblem, age, birth_problem, is_minor

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "born, today, years",
    [
        (date(2008, 11, 22), TODAY, 18),
        (date(2008, 11, 23), TODAY, 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_somebody_is_as_old_as_their_last_birthday(born: date, today: date, years: int) -> None:
    assert age(born, today=today) == years


@pytest.mark.parametrize(
    "born, problem",
    [
        (date(2026, 11, 23), BirthProblem.FUTURE),
        (date(2026, 11, 22), BirthProblem.TOO_YOUNG),
        (date(2013, 11, 23), BirthProblem.TOO_YOUNG),
        (date(2013, 11, 22), None),
        (date(1896, 11, 22), None),
        (date(1895, 11, 22), BirthProblem.TOO_LONG_AGO),
        (date(1, 1, 1), BirthProblem.TOO_LONG_AGO),
    ],
)
def test_a_date_of_birth_that_nobody_here_has_is_named(
    born: date, problem: BirthProblem | None
) -> None:
    assert birth_problem(born, today=TODAY, minimum_age=13) is problem


def test_only_who_says_so_is_under_18() -> None:
    assert is_minor(date(2008, 11, 23), today=TODAY)
    assert not is_minor(date(2008, 11, 22), today=TODAY)
    assert not is_minor(None, today=TODAY)
