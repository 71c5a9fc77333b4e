"""What the sign-up pages ask first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.notices.forms import MailAddressField
from accounts.pages.forms import GovukForm


class EmailForm(GovukForm):
    """The address to confirm."""

    email = MailAddressField(
        label=_("Email address"),
        help_text=_("We will send a code to this address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Enter your email address")},
    )
