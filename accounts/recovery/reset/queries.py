"""Whether a link may still change a password."""

from django.utils import timezone

from accounts.models import Account, OutboundMessage
from accounts.recovery.mails import is_outlived
from accounts.recovery.queries import is_own_and_safe, is_shared


def may_have_link(account: Account, message: OutboundMessage) -> bool:
    """Say whether the link in this mail may change this account's password.

    Each mailbox of the account may have one: none outlives a password that was chosen after it.
    """
    key = message.address_key
    if is_outlived(account, message):
        return False
    may_be_reset = account.has_password and is_resettable(account)
    return may_be_reset and is_own_and_safe(account, key) and not is_shared(key)


def is_resettable(account: Account) -> bool:
    """Say whether the account's password, if it has one, may be changed by mail now.

    Not while a recovery holds it: its owner waited for days, and for now the password may be all
    that keeps out whoever else reads the mail.
    """
    held_until = account.changes_held_until
    held = held_until is not None and timezone.now() < held_until
    # A hold after a mailed link is no reason: it guards no more than that link gave.
    return account.is_active and not (held and not account.password_from_mailbox)
