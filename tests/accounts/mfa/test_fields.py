"""Codes as people type them, and as nobody should."""

import pytest
from django.core.exceptions import ValidationError

from accounts.mfa.fields import DigitsField


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123456 ", "1 2 3 4 5 6"])
def test_spaces_between_digits_do_not_count(typed: str) -> None:
    assert DigitsField().clean(typed) == "123456"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "12345",
        "1234567",
        "+23456",
        "-23456",
        "123-456",
        "+123456",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "\u0660\u0661\u0662\u0663\u0664\u0665",
        "12345\uff16",
        "123\u00a0456",
        "123\t456",
        "123456\n",
        "123456\x00",
        "\ud800123456",
        "0x1234",
        "1e4567",
        "123456" * 100_000,
    ],
)
def test_signs_other_scripts_and_other_spaces_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        DigitsField().clean(typed)
