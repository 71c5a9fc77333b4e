"""What forms accept, and the words in which they refuse."""

import pytest
from django import forms

from accounts.pages.forms import GovukForm, OneTimeCodeField


class Asked(GovukForm):
    """Three fields without wording of their own for what is too long or damaged."""

    name = forms.CharField(max_length=5, min_length=2)
    email = forms.EmailField(max_length=100)
    code = OneTimeCodeField()


def errors(**values: str) -> dict[str, list[str]]:
    sent = {"name": "Ann", "email": "ann@example.org", "code": "123456"} | values
    return {name: [str(words) for words in found] for name, found in Asked(sent).errors.items()}


def test_right_answers_pass() -> None:
    assert errors() == {}


@pytest.mark.parametrize(
    "field,value,words",
    [
        ("name", "Annabel", "This must be 5 characters or fewer."),
        ("name", "A", "This must be 2 characters or more."),
        ("name", "A\0n", "Remove any hidden characters, then type this again."),
        (
            "email",
            "ann",
            "Enter an email address in the correct format, like name@example.com",
        ),
        ("code", "", "Enter the 6 numbers of the code"),
        ("code", "1" * 100, "Enter the 6 numbers of the code"),
        ("code", "123\0456", "Enter the 6 numbers of the code"),
    ],
)
def test_a_refusal_is_in_plain_words(field: str, value: str, words: str) -> None:
    assert errors(**{field: value}) == {field: [words]}


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6"])
def test_a_code_may_be_typed_with_spaces_and_hyphens(typed: str) -> None:
    assert OneTimeCodeField().clean(typed) == "123456"


@pytest.mark.parametrize(
    "typed", ["12345", "1234567", "12345a", "+12345", "1_2345", "١٢٣٤٥٦", "\uff11" * 6, "-"]
)
def test_a_code_is_six_ordinary_digits_and_nothing_else(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        OneTimeCodeField().clean(typed)


def test_a_code_can_have_another_length() -> None:
    assert OneTimeCodeField(digits=8).clean("1234 5678") == "12345678"


def test_a_field_keeps_its_own_words() -> None:
    field = OneTimeCodeField(error_messages={"required": "Enter the code from the email"})
    with pytest.raises(forms.ValidationError, match="from the email"):
        field.clean("")
