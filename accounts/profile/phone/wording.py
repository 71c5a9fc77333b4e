"""Sentences for what a code from a text message did."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mailbox.rules import CodeOutcome
from accounts.profile.phone.rules import Standing

WRONG_CODE: Final[dict[CodeOutcome, Promise]] = {
    CodeOutcome.WRONG: _("This is not the code in our newest text message. Check it again"),
    CodeOutcome.TOO_MANY_TRIES: _("There were too many wrong codes. Choose “Send a new code”"),
    CodeOutcome.ENDED: _("This code is too old. Choose “Send a new code”"),
}
STANDING: Final[dict[Standing, Promise]] = {
    Standing.SELF_STATED: _("Stated by you"),
    Standing.CONFIRMED: _("Confirmed by a text message"),
    Standing.ASK_AGAIN: _("Not used for a year"),
}
