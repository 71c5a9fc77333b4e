"""How a trail is narrowed, and how one entry is found by its help code."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.portal.trail import rules
from idp.portal.trail.page import endpoint_choices
from idp.portal.trail.rules import Wanted

_ALL: Final = ("", _("All"))


class FilterForm(GovukForm):
    """Which entries to show."""

    endpoint = forms.ChoiceField(label=_("Endpoint"), required=False, choices=endpoint_choices)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[_ALL, (rules.REFUSED, _("Refused")), (rules.PASSED, _("Not refused"))],
    )
    sender = forms.ChoiceField(
        label=_("Sender"),
        required=False,
        choices=[
            _ALL,
            (rules.PROVED, _("Proved to be the application")),
            (rules.ANYBODY, _("Anybody could have sent it")),
        ],
    )
    span = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[
            ("", _("The last 30 days")),
            ("hour", _("The last hour")),
            ("day", _("The last 24 hours")),
            ("week", _("The last 7 days")),
        ],
    )

    def wanted(self) -> Wanted:
        """Return what was chosen; a choice that there is none of counts as none."""
        self.is_valid()
        return Wanted(**self.cleaned_data)


class HelpCodeForm(GovukForm):
    """The code that an error page or an error answer ends in."""

    help_code = forms.CharField(
        label=_("Help code"),
        help_text=_("Eight letters and digits, from an error page or the end of an error."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-10", "spellcheck": False}
        ),
        max_length=40,
        error_messages={
            "required": _("Enter a help code"),
            "max_length": _("A help code has eight letters and digits, such as CDFG-3467"),
        },
    )

    def clean_help_code(self) -> str:
        """Return the code as entries have it."""
        code = rules.help_code(self.cleaned_data["help_code"])
        if not code:
            message = _("A help code has eight letters and digits, such as CDFG-3467")
            raise forms.ValidationError(message)
        return code
