"""Sentences for what a code from a text message did."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.profile.phone.rules import Standing

WRONG_CODE: Final = _(
    "This is not the code in our newest text message, or it is too old. Choose “Send a new code”"
)
STANDING: Final[dict[Standing, Promise]] = {
    Standing.SELF_STATED: _("You told us this"),
    Standing.CONFIRMED: _("Confirmed by a text message"),
    Standing.ASK_AGAIN: _("Not used for a year"),
}
