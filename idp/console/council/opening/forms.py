"""The day on which it opens."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm


class DayForm(GovukForm):
    """The day that residents read while they cannot create accounts."""

    day = DateInputField(
        label=_("On which day will it open?"),
        help_text=_("Whoever comes earlier reads it. It does not open by itself."),
        called=_("The day"),
        error_messages={"required": _("Enter the day on which it opens")},
    )

    def clean_day(self) -> Any:  # noqa: ANN401 - Django's signature
        """Refuse a day that is over."""
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The day must be today or later"))
        return day
