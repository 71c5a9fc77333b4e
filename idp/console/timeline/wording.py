"""Mails and what became of them, in words for staff."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import OutboundMessage

_State = OutboundMessage.State

STATES: Final[Mapping[str, Promise]] = {
    _State.QUEUED: _("Waits to be sent"),
    _State.SENT: _("Sent, and has not come back"),
    _State.FAILED: _("Not sent: the mail server would not take it"),
    _State.DROPPED: _("Not sent: a newer one took its place, or it may not be sent there"),
    _State.BOUNCED: _("Sent, and came back"),
}
# By how the template's name begins, the longest first.
_MAILS: Final[Mapping[str, Promise]] = {
    "sign_up": _("Confirming an address for a new account"),
    "account_created": _("The account is ready"),
    "account_closes": _("The account is going to close"),
    "password_reset": _("Link for a new password"),
    "recovery": _("Getting back in"),
    "security_notice": _("Notice of a change"),
    "sign_in_code": _("Code to go on with a sign-in"),
    "new_address_code": _("Code for a new address"),
    "email": _("Change of address"),
    "complaint": _("Complaint"),
    "export": _("Copy of everything held"),
    "partners/": _("About an organisation that they are a member of"),
}


def mail_words(template: str) -> Promise:
    """Return what a mail was about."""
    beginnings = sorted(_MAILS, key=len, reverse=True)
    found = next((one for one in beginnings if template.startswith(one)), None)
    return _MAILS[found] if found else _("Another email")
