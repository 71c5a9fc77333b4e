"""How somebody decides what another asked for."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

_CHOOSE: Final = _("Choose what you decide, and why")


class DecideForm(GovukForm):
    """One choice, which says both what and why."""

    reason = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(self, *args: Any, reasons: Mapping[str, Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = list(reasons.items())
