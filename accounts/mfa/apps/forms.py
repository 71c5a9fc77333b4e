"""What somebody types to add an app."""

from django.utils.translation import gettext_lazy as _

from accounts.mfa.fields import DigitsField
from accounts.pages.forms import GovukForm

NOT_RIGHT = _("This is not the code that the app shows for the new entry. Wait for the next one.")
TOO_OLD = _("This page was open for too long. Put the new secret below into the app.")


class AppForm(GovukForm):
    """The code that shows that the app has the secret."""

    code = DigitsField(label=_("Code that the app shows"), help_text=_("6 numbers"))
