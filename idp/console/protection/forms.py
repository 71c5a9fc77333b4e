"""Until when an account is protected, and who may read its contacts."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from idp.console.protection import rules

_WHO = _("Choose a support lead")


class ProtectForm(GovukForm):
    """Until when, if that is known."""

    until = DateInputField(
        label=_("Until when, if you know"),
        called=_("The last day"),
        help_text=_("Leave this empty and it lasts until a named lead ends it."),
        required=False,
    )

    def clean_until(self) -> date | None:
        """Return a day that is to come."""
        day: date | None = self.cleaned_data["until"]
        if day is not None and not rules.is_fit_end(day, today=timezone.localdate()):
            raise ValidationError(_("The last day must be to come, within five years"))
        return day


class LeadForm(GovukForm):
    """Which support lead."""

    lead = forms.ChoiceField(
        label=_("Who else may read how to reach them?"),
        widget=forms.RadioSelect,
        error_messages={"required": _WHO, "invalid_choice": _WHO},
    )

    def __init__(self, *args: Any, leads: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(lead.pk), lead.full_name) for lead in leads]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]
