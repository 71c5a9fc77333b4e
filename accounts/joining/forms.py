"""Which of two accounts goes on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.pages.forms import GovukForm

MINE, OTHER = "this", "other"


class KeepForm(GovukForm):
    """The account to keep."""

    keep = forms.ChoiceField(
        label=_("Which account do you want to keep?"),
        help_text=_("The other one is closed for good. Nobody can sign in with it any more."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the account that you want to keep")},
    )

    def __init__(self, *args: Any, mine: Account, other: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keep"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for its `choices`
        field.choices = [(MINE, mine.sign_in_name), (OTHER, other.sign_in_name)]
        self.choice_hints = {"keep": {MINE: mine.full_name, OTHER: other.full_name}}
