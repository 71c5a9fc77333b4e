"""The field in which somebody chooses a password."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class NewPasswordField(forms.CharField):
    """A new password, typed or pasted, of any characters.

    Whether it is good enough depends on whose it is: the form asks `wording.refusal` for that.
    """

    def __init__(self, **kwargs: Any) -> None:
        hint = format_lazy(
            _("At least {least} characters. Three random words are easy to remember."),
            least=settings.PASSWORD_MINIMUM_LENGTH,
        )
        super().__init__(
            label=kwargs.pop("label", _("Create a password")),
            help_text=kwargs.pop("help_text", hint),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            error_messages={"required": _("Enter a password")},
            **kwargs,
        )
