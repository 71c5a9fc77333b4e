"""How a start code is written and stands, without rows."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.start_codes.rules import TRIES, Facts, Standing, as_code, shown, standing

NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SOON = NOON + timedelta(seconds=1)


@pytest.mark.parametrize(
    "facts, expected",
    [
        (Facts(SOON, is_used=False, is_cancelled=False, tries=TRIES - 1), Standing.WAITING),
        (Facts(NOON, is_used=False, is_cancelled=False, tries=0), Standing.EXPIRED),
        (Facts(SOON, is_used=True, is_cancelled=False, tries=0), Standing.USED),
        (Facts(SOON, is_used=False, is_cancelled=True, tries=0), Standing.CANCELLED),
        (Facts(SOON, is_used=False, is_cancelled=False, tries=TRIES), Standing.TRIED_OUT),
    ],
)
def test_a_code_waits_until_it_is_used_ended_old_or_tried_too_often(
    facts: Facts, expected: Standing
) -> None:
    assert standing(facts, now=NOON) is expected


@pytest.mark.parametrize(
    "typed, code",
    [
        ("CDFG-HJKM-NPQR", "CDFGHJKMNPQR"),
        (" cdfg hjkm npqr ", "CDFGHJKMNPQR"),
        ("CDFGHJKMNPQ", ""),
        ("CDFGHJKMNPQRT", ""),
        ("AEIOUAEIOUAE", ""),
        ("\ud800DFGHJKMNPQR", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_however_it_is_grouped(typed: str, code: str) -> None:
    assert as_code(typed) == code


def test_a_code_is_printed_in_groups() -> None:
    assert shown("CDFGHJKMNPQR") == "CDFG-HJKM-NPQR"
