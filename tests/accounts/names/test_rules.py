"""What people and accounts may be called, decided without a database."""

import pytest

from accounts.names import rules
from accounts.names.rules import NameProblem


@pytest.mark.parametrize(
    "name", ["sam", "sam.jones", "sam_jones-2", "žofie", "山田さん", "हिन्दी", "a" * 60]
)
def test_a_name_of_letters_digits_and_marks_may_be_chosen(name: str) -> None:
    assert rules.name_problem(name) is None


@pytest.mark.parametrize(
    "name, problem",
    [
        ("sam@example.org", NameProblem.LOOKS_LIKE_ADDRESS),
        ("sa", NameProblem.WRONG_LENGTH),
        ("s" * 61, NameProblem.WRONG_LENGTH),
        ("ﷺ" * 60, NameProblem.WRONG_LENGTH),
        ("ﷺ", NameProblem.WRONG_CHARACTERS),
        ("sam jones", NameProblem.WRONG_CHARACTERS),
        ("sam\u200bjones", NameProblem.WRONG_CHARACTERS),
        ("sam\u202ejones", NameProblem.WRONG_CHARACTERS),
        ("sam\u3164jones", NameProblem.WRONG_CHARACTERS),
        ("c4464add-427d-4bc0-9415-26dd4dabab8d", NameProblem.LOOKS_LIKE_ID),
        ("C4464ADD427D4BC0941526DD4DABAB8D", NameProblem.LOOKS_LIKE_ID),
        ("c4464add427d4bc0941526dd4dabab8\uff14", NameProblem.LOOKS_LIKE_ID),
    ],
)
def test_any_other_name_has_a_named_problem(name: str, problem: NameProblem) -> None:
    assert rules.name_problem(name) is problem


@pytest.mark.parametrize(
    "name",
    [
        "Ann Example",
        "O'Brien-Smith",
        "Nguyễn Thị",
        "می\u200cنو",
        "ශ්\u200dරී",
        "র\u200d্যাব",
        "മോഹന്\u200d",
        "葛\U000e0100城",
        "X",
    ],
)
def test_people_are_called_what_they_are_called(name: str) -> None:
    assert rules.is_plain_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ann\nExample",
        "Ann\tExample",
        "Ann\u202eelpmaxE",
        "\u2066Ann",
        "Ann\u200fExample",
        "Ann\u00adExample",
        "Ann\u200bExample",
        "Ann\u200dExample",
        "\u200cمینو",
        "\u2028Ann",
        "Ann\u2029",
        "Ann\u3164",
        "\u115fAnn",
        "Ann\uffa0Example",
        "Ann\U000e0041",
        "\ufeffAnn",
    ],
)
def test_a_full_name_hides_and_turns_nothing(name: str) -> None:
    assert not rules.is_plain_name(name)


@pytest.mark.parametrize("name", ["", " ", "\u3164", "\u200b", "\u0301", "...", "12", "\u2800"])
def test_a_full_name_has_a_letter_to_be_seen(name: str) -> None:
    assert not rules.is_plain_name(name)
