"""What somebody is told whose password is refused."""

import pytest
from django import forms
from django.test import override_settings

from accounts.passwords import wording
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.rules import Weakness


@pytest.mark.parametrize("reason", Weakness)
def test_every_reason_is_one_sentence(reason: Weakness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "weakness", lambda *_, **__: reason)
    sentence = wording.refusal("anything", own_words=[])
    assert sentence
    assert "." not in sentence
    assert "\n" not in sentence


def test_a_good_password_gets_none() -> None:
    assert wording.refusal("purple kettle marathon", own_words=["Ann"]) is None


def test_the_least_length_is_the_settings() -> None:
    with override_settings(PASSWORD_MINIMUM_LENGTH=30):
        assert wording.refusal("purple kettle marathon", own_words=[]) == (
            "Your password must be 30 characters or more"
        )


class _Form(forms.Form):
    password = NewPasswordField()


def test_the_field_hints_at_three_words_and_lets_managers_and_paste_fill_it() -> None:
    field = _Form().fields["password"]
    assert "At least 12 characters. Three random words" in str(field.help_text)
    html = str(_Form()["password"])
    assert 'autocomplete="new-password"' in html
    assert "maxlength" not in html
    assert "onpaste" not in html


def test_the_field_keeps_blanks_at_both_ends() -> None:
    assert _Form({"password": "  purple kettle  "}).fields["password"].clean("  a  ") == "  a  "
