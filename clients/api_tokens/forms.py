"""What is asked about a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.pages.forms import GovukForm
from clients.api_tokens.rules import LIVES, Terms
from clients.api_tokens.wording import ROLES
from clients.organisations.rules import LONGEST_NAME


def _lives() -> list[tuple[int, str]]:
    return [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LIVES]


class TokenForm(GovukForm):
    """A name, what the token may do, and for how long."""

    name = forms.CharField(
        label=_("What the token is for"),
        help_text=_("For example, the program or the machine that will hold it"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter what the token is for")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What it may do"),
        choices=list(ROLES.items()),
        initial="developer",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the token may do")},
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good for"),
        choices=_lives,
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the token is good for")},
    )

    def terms(self) -> Terms:
        """Return what was chosen, of a form that is valid."""
        found = self.cleaned_data
        return Terms(found["name"], found["role"], found["days"])
