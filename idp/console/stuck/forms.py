"""The sign-in name that tells people of one mailbox apart."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm


class NameForm(GovukForm):
    """The name that somebody types to sign in."""

    NOT_THERE = _(
        "No account under this address has this name. Ask them to spell it, and do not say whether "
        "there is one."
    )

    name = forms.CharField(
        label=_("What do they type to sign in?"),
        help_text=_("Type it whole: nothing is found by a part of it."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages=dict.fromkeys(
            ("required", "max_length"), _("Enter the name that they type to sign in")
        ),
    )
