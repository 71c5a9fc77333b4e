"""What a page that a key answers shows when it did not do."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON
from accounts.pages.forms import GovukForm
from accounts.staffing.entry.rules import Refusal
from accounts.staffing.standing.rules import Standing

# The same whoever's key it was: nobody learns who works for the council.
_NOT_RIGHT: Final = _("That key did not let you in. Try again, or use your other key")
# To whoever has shown their own key.
_BY_STANDING: Final[dict[Refusal | Standing, Promise]] = {
    Standing.GONE: _(
        "Your key is right, but the council’s directory no longer says that you may come in here. "
        "Sign in to the directory again"
    ),
    Standing.SILENT: _(
        "Your key is right, but the council’s directory does not answer, so we cannot see whether "
        "you still work here. Ask whoever looks after staff accounts"
    ),
}


class KeyForm(GovukForm):
    """Nothing to type."""

    answered_at = BUTTON


def words_for(reason: Refusal | Standing) -> str:
    """Return what to say to somebody who did not get in."""
    return str(_BY_STANDING.get(reason, _NOT_RIGHT))
