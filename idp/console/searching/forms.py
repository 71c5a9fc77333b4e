"""On which ground staff look by name, and for whom."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names.words import words_of
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from idp.console.helping.forms import BeginForm
from idp.console.searching import rules
from idp.console.searching.wording import EVIDENCE, REASONS

_GROUND = _("Choose what lets you search by name")
_NAME = _("Enter at least two whole words of the name, such as a first and a last name")


class GroundForm(BeginForm):
    """What lets staff look by name; reasons besides evidence are offered to support leads."""

    typed = None  # type: ignore[assignment] # Django's way to leave a field out
    ground = forms.ChoiceField(
        label=_("What lets you search by name?"),
        choices=(*EVIDENCE.items(), *REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _GROUND, "invalid_choice": _GROUND},
    )

    field_order = ("ground", "channel", "reason", "others", "case_reference")

    def __init__(self, *args: Any, is_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*EVIDENCE.items(), *(REASONS.items() if is_lead else ())]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class SearchForm(GovukForm):
    """Whole words of a name, and a date of birth where it is known."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_(
            "At least two whole words, in any order. Capitals and accents make no difference; "
            "parts of words find nothing."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages={
            "required": _NAME,
            "max_length": _NAME,
            "null_characters_not_allowed": _NAME,
        },
    )
    born = DateInputField(
        label=_("Date of birth, if you know it"),
        called=_("Date of birth"),
        help_text=_("For example, 31 3 1980. Accounts without one are not found by it."),
        required=False,
    )

    def clean_name(self) -> frozenset[str]:
        """Return the words to look for."""
        words = words_of(self.cleaned_data["name"])
        if not rules.is_enough(words):
            raise ValidationError(_NAME, code="too_little")
        return words

    @property
    def looked_for(self) -> tuple[frozenset[str], date | None]:
        """The words and the date of birth of a form that is valid."""
        return self.cleaned_data["name"], self.cleaned_data["born"]
