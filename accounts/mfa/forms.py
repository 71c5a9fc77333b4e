"""What somebody types about a way to sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

LONGEST_NAME = 60


class NameForm(GovukForm):
    """What its owner calls a way to sign in."""

    label = forms.CharField(
        label=_("A name for it"),
        help_text=_("A word that tells it from the others, such as “my phone” or “blue key”."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Enter a name")},
    )
