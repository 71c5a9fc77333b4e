"""The answer to a complaint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.complaints.rules import LONGEST
from accounts.pages.forms import GovukForm
from idp.console.answering.wording import OUTCOMES

_OUTCOME = _("Choose what came of it")
_ANSWER = _("Write the answer")


class AnswerForm(GovukForm):
    """What came of it, and the answer as its owner reads it."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=tuple(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _OUTCOME, "invalid_choice": _OUTCOME},
    )
    text = forms.CharField(
        label=_("The answer, as the person reads it"),
        help_text=_("Say what you did, and what they can do if they are not happy with it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={
            "required": _ANSWER,
            "max_length": _("The answer must be 4,000 characters or fewer"),
        },
    )
