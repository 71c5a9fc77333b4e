"""Phone numbers and how long they count, decided without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.names.phone_numbers import spoken
from accounts.profile.phone.rules import Standing, e164, standing, takes_texts

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    "typed, number, texts, read",
    [
        ("07700 900123", "+447700900123", True, "07700 900123"),
        ("+44 (0)7911 123456", "+447911123456", True, "07911 123456"),
        ("0044 7911 123456", "+447911123456", True, "07911 123456"),
        ("020 7946 0000", "+442079460000", False, "020 7946 0000"),
        ("+33 6 12 34 56 78", "+33612345678", False, "+33 6 12 34 56 78"),
    ],
)
def test_a_number_is_read_and_written(typed: str, number: str, texts: bool, read: str) -> None:  # noqa: FBT001
    assert e164(typed) == number
    assert takes_texts(number) is texts
    assert spoken(number) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "999",
        "123",
        "09012345678",
        "08001111",
        "07911FLOWERS",
        "\uff10\uff17911123456",
        "+" * 40,
        "0" * 41,
        "07911 123456\x00",
        "\ud800",
        "07911 123456 ext 9",
    ],
)
def test_what_reaches_nobody_is_no_number(typed: str) -> None:
    assert e164(typed) is None


@pytest.mark.parametrize(
    "confirmed, stated, used, expected",
    [
        (None, NOW, None, Standing.SELF_STATED),
        (NOW, NOW, None, Standing.CONFIRMED),
        (NOW - YEAR, NOW - YEAR, None, Standing.ASK_AGAIN),
        (NOW - YEAR, NOW - YEAR, NOW - timedelta(days=1), Standing.CONFIRMED),
        (NOW - YEAR + timedelta(days=1), NOW - YEAR, None, Standing.CONFIRMED),
        (None, NOW - YEAR, None, Standing.ASK_AGAIN),
    ],
)
def test_after_a_year_unused_a_number_is_asked_about_again(
    confirmed: datetime | None, stated: datetime, used: datetime | None, expected: Standing
) -> None:
    found = standing(confirmed_at=confirmed, stated_at=stated, used_at=used, now=NOW)
    assert found is expected
