"""Names that residents and operators read."""

import pytest

from clients.organisations.rules import (
    NameProblem,
    looks,
    mixes_scripts,
    name_problem,
    slug_of,
    slug_problem,
)


@pytest.mark.parametrize(
    "name", ["Croydon Council", "Café Ñandú", "住民センター", "St. Mary’s & Co."]
)
def test_ordinary_names_of_any_script_are_fit(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    "name, problem",
    [
        ("", NameProblem.EMPTY),
        ("   ", NameProblem.EMPTY),
        ("x" * 101, NameProblem.TOO_LONG),
        ("Council\0", NameProblem.UNSEEN_CHARACTER),
        ("Council\n", NameProblem.UNSEEN_CHARACTER),
        ("Council\u202egnp", NameProblem.UNSEEN_CHARACTER),  # turns the rest around
        ("Coun\u200bcil", NameProblem.UNSEEN_CHARACTER),  # a space of no width
        ("Council\ud800", NameProblem.UNSEEN_CHARACTER),  # half a character
        ("Council\ufe0f", NameProblem.UNSEEN_CHARACTER),  # a variation selector
        ("Coun\u034fcil", NameProblem.UNSEEN_CHARACTER),  # a mark that is never drawn
        ("\u3164", NameProblem.UNSEEN_CHARACTER),  # a letter that is drawn as nothing
        ("Council\u2800", NameProblem.UNSEEN_CHARACTER),  # Braille without dots
        (" Council", NameProblem.SPACES),
        ("Example  Council", NameProblem.SPACES),
        ("Example\u00a0Council", NameProblem.SPACES),
    ],
)
def test_names_that_could_deceive_or_break_a_page_are_refused(
    name: str, problem: NameProblem
) -> None:
    assert name_problem(name) is problem


@pytest.mark.parametrize(
    "name, slug",
    [
        ("Council Tax", "council-tax"),
        ("Café – Ñandú!", "cafe-nandu"),
        ("住民", ""),
        ("a" * 59 + " bcd", "a" * 59),
    ],
)
def test_a_short_name_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "a b", "ä", "a" * 61, "a\n"])
def test_a_short_name_that_is_hard_to_type_is_refused(slug: str) -> None:
    assert slug_problem(slug) is NameProblem.SLUG_INVALID


@pytest.mark.parametrize(
    "name, mixes",
    [("Parking", False), ("P\u0430rking", True), ("\u0428\u043a\u043e\u043b\u0430 1", False)],
)
def test_scripts_that_look_alike_are_told_apart(name: str, mixes: object) -> None:
    assert mixes_scripts(name) is mixes


@pytest.mark.parametrize(
    "name",
    [
        "Council Tax",
        "COUNCIL  TAX",
        "Counci1-Tax",
        "C0uncil Tax.",
        "Co\u00fancil Tax",
        "\u0421\u043e\u03c5ncil Tax",
        "\uff23ouncil \uff34ax",
    ],
)
def test_names_that_look_alike_share_what_they_look_like(name: str) -> None:
    assert looks(name) == looks("Council Tax")


@pytest.mark.parametrize("name", ["Council Tex", "Council Taxes", "Tax Council", "\u6771\u4eac"])
def test_names_that_differ_to_the_eye_do_not(name: str) -> None:
    assert looks(name) != looks("Council Tax")
