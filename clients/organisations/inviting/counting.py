"""Counts the mails that ask somebody to become a member."""

from accounts.limits.operations import OverLimitError, hit_all
from accounts.limits.table import INVITATION_MAIL, INVITATIONS
from accounts.models import Account
from accounts.models.email_address import address_key


def count(inviter: Account, address: str) -> None:
    """Count one more mail by this account, and to this mailbox.

    Raises:
        OverLimitError: there were too many.
    """
    mailbox = address_key(address)
    verdict = hit_all((INVITATIONS, (str(inviter.pk),)), (INVITATION_MAIL, (mailbox,)))
    if not verdict.allowed:
        raise OverLimitError(verdict)
