"""Postcodes and lines, decided without a database."""

import pytest

from accounts.profile.postal import rules


@pytest.mark.parametrize(
    "typed, plain",
    [
        ("SW1A 2AA", "SW1A 2AA"),
        ("sw1a2aa", "SW1A 2AA"),
        (" m1-1ae ", "M1 1AE"),
        ("EC1A.1BB", "EC1A 1BB"),
        ("ZZ11AA", "ZZ1 1AA"),
    ],
)
def test_a_postcode_is_read_however_it_is_spaced(typed: str, plain: str) -> None:
    assert rules.postcode(typed) == plain


@pytest.mark.parametrize("typed", ["", "SW1A", "12345", "SW1A 2A", "\uff33W1A 2AA", "SW1A 2AA\x00"])
def test_anything_else_is_none(typed: str) -> None:
    assert rules.postcode(typed) is None


def test_an_address_is_written_line_by_line() -> None:
    assert rules.lines(["1 High Street ", "", " Exampleham"]) == "1 High Street\nExampleham"
    assert rules.formatted("1 High Street\nExampleham", "ZZ1 1AA").endswith("\nZZ1 1AA")
    assert rules.formatted("1 High Street", "") == "1 High Street"
