"""Saying clearly that an account is to be closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm


class CloseForm(GovukForm):
    """A box to tick: one press of a button alone closes nothing."""

    sure = forms.BooleanField(
        label=_("Yes, close my account"),
        error_messages={"required": _("Tick the box if you want to close your account")},
    )
