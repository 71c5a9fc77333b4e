"""What somebody says who wants looks kept back, and what the second person answers."""

from datetime import datetime, time, timedelta
from typing import Final

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm

_LONGEST: Final = 254
_WHOSE: Final = _("Enter the account’s number, email address or sign-in name")
_CASE: Final = _("Enter a case reference: it has a number in it, and letters, hyphens or slashes")
_ANSWER: Final = _("Choose what you decide")


class AskForm(GovukForm):
    """Whose account, until which day, and under which case."""

    account = forms.CharField(
        label=_("Account number, email address or sign-in name"),
        help_text=_("Whole: nothing is found by a part of it."),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages={"required": _WHOSE, "max_length": _WHOSE},
    )
    until = DateInputField(
        label=_("Until the end of which day?"),
        called=_("The day"),
        help_text=_("At most 90 days from now. For example, 31 3 2027"),
        error_messages={"required": _("Enter the day on which the person sees it again")},
    )
    case_reference = forms.CharField(
        label=_("Case reference"),
        help_text=_("Where the reason is written down."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": False}
        ),
        validators=[RegexValidator(r"^[A-Za-z0-9/-]*[0-9][A-Za-z0-9/-]*\Z", _CASE)],
        error_messages={"required": _CASE, "max_length": _CASE},
    )

    def end(self) -> datetime:
        """Return when the day is over."""
        day = self.cleaned_data["until"]
        try:
            return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
        except OverflowError:  # the last day that there is
            return timezone.make_aware(datetime.combine(day, time()))


class AnswerForm(GovukForm):
    """What the second person says of it."""

    answer = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=(("agree", _("Agree: the person sees it later")), ("refuse", _("Refuse"))),
        widget=forms.RadioSelect,
        error_messages={"required": _ANSWER, "invalid_choice": _ANSWER},
    )
