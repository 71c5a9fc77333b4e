"""What a page that a key answers shows when it did not do."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON
from accounts.pages.forms import GovukForm

# The same whoever's key it was: nobody learns who works for the council.
NOT_RIGHT: Final = _("That key did not let you in. Try again, or use your other key")


class KeyForm(GovukForm):
    """Nothing to type."""

    answered_at = BUTTON
