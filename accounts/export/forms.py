"""What somebody chooses to have in their copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm


class CopyForm(GovukForm):
    """Whether the copy tells of services that are kept out of sight."""

    private = forms.ChoiceField(
        label=_("Should private services be in it?"),
        help_text=_(
            "These are services that you hid or that we keep out of sight, and the guide for when"
            " somebody has left."
        ),
        choices=[("no", _("No, leave them out")), ("yes", _("Yes, put them in"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether private services should be in it"),
            "invalid_choice": _("Choose whether private services should be in it"),
        },
    )
