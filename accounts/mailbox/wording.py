"""Sentences for what a typed code did."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mailbox.rules import CodeOutcome

WRONG_CODE: dict[CodeOutcome, Promise] = {
    CodeOutcome.WRONG: _("This is not the code in our newest email. Check it again"),
    CodeOutcome.TOO_MANY_TRIES: _("There were too many wrong codes. Choose “Send a new code”"),
}
