"""Sentences for what a typed code did."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mailbox.rules import CodeOutcome
from accounts.mailbox.wording import WRONG_CODE as _WRONG_CODE

WRONG_CODE: dict[CodeOutcome, Promise] = {
    **_WRONG_CODE,
    CodeOutcome.ENDED: _(
        "Codes work for a short time. Choose “Send a new code”, or the link in the email"
    ),
}
