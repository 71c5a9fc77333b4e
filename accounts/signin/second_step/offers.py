"""Which ways a pending sign-in may go on by."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Method
from accounts.mfa.code_sheets.operations import asked
from accounts.mfa.queries import METHOD_OF, Kind, usable
from accounts.models import Account, PendingSignIn
from accounts.signin.progress import given
from accounts.signin.rules import leads_on


@dataclass(frozen=True)
class Offer:
    """One way to go on: the name of its page, and what its link says."""

    method: Method
    page: str
    text: Promise


# A way without a page is not offered.
_OFFERS: Final = (
    Offer(Method.PASSKEY, "signin:second_step_passkey", _("Use your passkey")),
    Offer(Method.SECURITY_KEY, "signin:second_step_security_key", _("Use your security key")),
    Offer(Method.APP, "signin:second_step_app", _("Use a code from your app")),
    Offer(Method.CODE_SHEET, "signin:second_step_code_sheet", _("Use your printed sheet of codes")),
    Offer(Method.TEXT_MESSAGE, "signin:second_step_text_message", _("Get a code by text message")),
    Offer(Method.RECOVERY_CODE, "signin:second_step_recovery_code", _("Use a recovery code")),
)

_LATE: Final = {Method.PASSKEY: 1, Method.TEXT_MESSAGE: 2, Method.RECOVERY_CODE: 3}


def offers(flow: PendingSignIn, account: Account) -> list[Offer]:
    """Return the ways that lead far enough, the one used last first.

    What changes nothing comes last, whenever it was used: a text message, then a recovery code, of
    which there are few. Whoever typed a password and has a passkey does not have it here, or would
    have used it alone.
    """
    facts = given(flow, account)
    by_use = list(dict.fromkeys(METHOD_OF[Kind(way.kind)] for way in usable(account)))
    found = [offer for offer in _OFFERS if offer.method in by_use and leads_on(facts, offer.method)]
    if len(found) > 1 and asked(account) is None:
        # A sheet that is used up still stands, so that the account gets no weaker by it.
        found = [offer for offer in found if offer.method is not Method.CODE_SHEET]
    return sorted(found, key=lambda o: (_LATE.get(o.method, 0), by_use.index(o.method)))
