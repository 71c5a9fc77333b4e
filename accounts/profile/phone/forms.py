"""What somebody types about their phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.mailbox.forms import MailedCodeField
from accounts.pages.forms import GovukForm
from accounts.profile.phone import rules

_FORMAT = _("Enter a phone number, like 020 7946 0000, 07700 900 982 or +44 808 157 0192")


class PhoneField(forms.CharField):
    """A phone number, here or abroad."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Phone number"),
            help_text=_("For international numbers include the country code"),
            max_length=40,
            widget=forms.TextInput(
                attrs={"autocomplete": "tel", "class": "govuk-input--width-20", "spellcheck": False}
            ),
            error_messages={"required": _("Enter a phone number")},
            **kwargs,
        )
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the number as E.164 writes it."""
        number = rules.e164(super().clean(value))
        if number is None:
            raise ValidationError(_FORMAT, code="invalid")
        return number


class PhoneForm(GovukForm):
    """The number to reach somebody at."""

    number = PhoneField()


class TextCodeForm(GovukForm):
    """The code from the text message."""

    code = MailedCodeField(
        label=_("Code"),
        help_text=_("6 numbers"),
        error_messages={"required": _("Enter the code from the text message")},
    )
