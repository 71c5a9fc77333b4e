"""What staff type when they check a caller."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.names.fields import FullNameField
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from idp.console.helping.wording import OTHERS
from idp.console.knowing.wording import EVIDENCE, WAY_HINTS, WAYS

_HOW: Final = _("Choose how you check who they are")
_CODE: Final = _("Type the eight letters and numbers that they read out")
_SEEN: Final = _("Choose what you have seen")
_NAME: Final = _("Enter the full name that stands there, in letters")
# Eight, and what somebody may type between them.
_LONGEST: Final = 20


class WayForm(GovukForm):
    """How staff want to check a caller; at a counter, there is one way more."""

    way = forms.ChoiceField(
        label=_("How do you want to check?"),
        choices=tuple(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _HOW, "invalid_choice": _HOW},
    )
    choice_hints = {"way": WAY_HINTS}

    def __init__(self, *args: Any, is_at_counter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(way, words) for way, words in WAYS.items() if way != "counter" or is_at_counter]
        cast("forms.ChoiceField", self.fields["way"]).choices = left


class CodeForm(GovukForm):
    """A code that somebody reads out."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Letters and numbers. It does not matter how you group them."),
        max_length=_LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
                "spellcheck": False,
            }
        ),
        error_messages=dict.fromkeys(
            ("required", "max_length", "null_characters_not_allowed"), _CODE
        ),
    )


class CounterForm(GovukForm):
    """What somebody showed at the counter; the account is compared with it, and none of it kept."""

    evidence = forms.ChoiceField(
        label=_("What have you seen?"),
        choices=tuple(EVIDENCE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _SEEN, "invalid_choice": _SEEN},
    )
    full_name = FullNameField(
        label=_("Full name, as it stands there"),
        error_messages=dict.fromkeys(("required", "hidden"), _NAME),
    )
    date_of_birth = DateInputField(
        label=_("Date of birth, if it stands there"),
        called=_("Date of birth"),
        help_text=_("For example, 31 3 1980"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser shall not offer the name of whoever works here.
        self.fields["full_name"].widget.attrs["autocomplete"] = "off"


class OthersForm(GovukForm):
    """Who else is there now."""

    others = forms.MultipleChoiceField(
        label=_("Who else is there?"),
        help_text=_("Leave this empty if you are talking to the person alone."),
        choices=tuple(OTHERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list who else is there")},
    )
