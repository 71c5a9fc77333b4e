"""Why staff do what they do."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

_CHOOSE: Final = _("Choose why")


class GroundForm(GovukForm):
    """A reason, for an act that has a list of them."""

    def __init__(self, *args: Any, grounds: Mapping[str, Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if grounds:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Why?"),
                choices=list(grounds.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
            )
