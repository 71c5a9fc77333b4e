"""Which test resident is meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.test_residents.page import Listed


class ChoiceForm(GovukForm):
    """One of the organisation's test residents."""

    resident = forms.TypedChoiceField(
        label=_("As whom do you want to sign in?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose as whom to sign in"),
            "invalid_choice": _("Choose as whom to sign in"),
        },
    )

    def __init__(self, data: Any, residents: list[Listed]) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data)
        self.fields["resident"].choices = [  # type: ignore[attr-defined] # of a choice field
            (one.number, f"{one.name} – {one.situation}") for one in residents
        ]
        self.fields["resident"].initial = residents[0].number
