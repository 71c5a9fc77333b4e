"""Finding whose password somebody wants to change."""

from dataclasses import dataclass

from accounts.models import Account, EmailAddress
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key


@dataclass(frozen=True)
class Mailbox:
    """An account's address, as it was confirmed, and whether other accounts read it too."""

    account: Account
    address: str
    is_shared: bool


def mailbox_of(typed: str) -> Mailbox | None:
    """Return the mailbox of the sign-in name or address that was typed.

    Always three look-ups, so that nobody learns from the time taken which of them found something.
    """
    rows = EmailAddress.objects.select_related("account")
    key = address_key(typed)
    by_name = rows.filter(is_primary=True, account__sign_in_key=sign_in_key(typed)).first()
    by_address = rows.filter(address_key=key).first()
    row = by_name or by_address
    is_shared = _is_shared(row.address_key if row else key)
    return Mailbox(row.account, row.address, is_shared) if row else None


def may_have_link(account: Account, key: str) -> bool:
    """Say whether a link mailed to the address with this key may change this account's password."""
    is_its_own = EmailAddress.objects.filter(account=account, address_key=key).exists()
    return account.is_active and is_its_own and not _is_shared(key)


def _is_shared(key: str) -> bool:
    return EmailAddress.objects.filter(address_key=key).count() > 1
