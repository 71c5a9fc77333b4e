"""Whether a link may still change a password."""

from accounts.models import Account
from accounts.recovery.queries import is_own_and_safe, is_shared


def may_have_link(account: Account, key: str) -> bool:
    """Say whether a link mailed to the address with this key may change this account's password."""
    may_be_reset = account.is_active and account.has_password
    return may_be_reset and is_own_and_safe(account, key) and not is_shared(key)
