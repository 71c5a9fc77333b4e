"""What somebody types off a printed sheet."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

_MISSING: Final = _("Enter the start code from your sheet")
# Twelve, and what somebody may type between them.
_LONGEST: Final = 40


class CodeForm(GovukForm):
    """The start code."""

    code = forms.CharField(
        label=_("Start code"),
        help_text=_("12 letters and numbers. It does not matter if you type the hyphens."),
        max_length=_LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "class": "govuk-input--width-20 govuk-input--extra-letter-spacing",
                "spellcheck": False,
            }
        ),
        error_messages=dict.fromkeys(
            ("required", "max_length", "null_characters_not_allowed"), _MISSING
        ),
    )
