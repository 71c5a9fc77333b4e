"""What somebody complains of."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.complaints import rules
from accounts.complaints.wording import KINDS
from accounts.pages.forms import GovukForm

_TOO_LONG = format_lazy(
    _("What you tell us must be {longest} characters or fewer"), longest=rules.LONGEST
)


class ComplaintForm(GovukForm):
    """What it is about, and what happened."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=tuple(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is about"),
            "invalid_choice": _("Choose what it is about"),
        },
    )
    text = forms.CharField(
        label=_("Tell us what happened, and what would put it right"),
        help_text=_("Do not write a password or a code here."),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={
            "required": _("Tell us what happened"),
            "max_length": _TOO_LONG,
        },
    )
