"""Texts of one list are told apart where they would be heard alike."""

from accounts.pages.alike import told_apart


def test_what_stands_there_once_stays_as_it_is() -> None:
    assert told_apart(["Signed in", "Signed out"]) == ["Signed in", "Signed out"]


def test_what_stands_there_more_than_once_says_which_it_is() -> None:
    told = told_apart(["Signed in", "Signed out", "Signed in"])
    assert told == ["Signed in, 1 of 2", "Signed out", "Signed in, 2 of 2"]


def test_nothing_is_told_of_an_empty_list() -> None:
    assert told_apart([]) == []
