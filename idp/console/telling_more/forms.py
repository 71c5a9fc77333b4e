"""What somebody can say once their case is open."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

_WHAT: Final = _("Enter the help code, the email address or the reference that they gave you")


class MoreForm(GovukForm):
    """Another help code, or the address or name of whom it is about."""

    ANOTHER = _(
        "This is not about the person of this case. If somebody else is calling, finish this case "
        "and begin another. Do not say whose it is."
    )

    typed = forms.CharField(
        label=_("Help code, email address or reference"),
        help_text=_("It goes into this case. Type it whole: nothing is found by a part of it."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages=dict.fromkeys(("required", "max_length"), _WHAT),
    )
