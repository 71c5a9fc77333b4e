"""What somebody types from a mail."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm, OneTimeCodeField


class MailedCodeField(OneTimeCodeField):
    """Six digits of our mail, which some keyboards type in another script."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the digits alone; other scripts' are refused in words that help."""
        text = str(value or "")
        if any(character.isdecimal() and not character.isascii() for character in text):
            message = _("Switch your keyboard to the numbers 0 to 9, then type the code again")
            raise ValidationError(message, code="other_digits")
        return super().clean(value)


class CodeForm(GovukForm):
    """The code from the mail."""

    code = MailedCodeField(
        label=_("Code"),
        help_text=_("6 numbers"),
        error_messages={"required": _("Enter the code from the email")},
    )
