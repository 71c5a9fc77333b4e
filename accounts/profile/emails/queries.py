"""Reading an account's addresses."""

from accounts.models import Account, EmailAddress
from accounts.models.account import sign_in_key


def addresses(account: Account) -> list[EmailAddress]:
    """Return the account's addresses, the main one first."""
    return list(EmailAddress.objects.filter(account=account).order_by("-is_primary", "pk"))


def main_address(account: Account) -> EmailAddress:
    """Return the address that everything is sent to."""
    return EmailAddress.objects.get(account=account, is_primary=True)


def shares_mailbox(account: Account) -> bool:
    """Say whether another account has one of the account's addresses too; no made-up person's."""
    keys = EmailAddress.objects.filter(account=account).values("address_key")
    rows = EmailAddress.objects.filter(address_key__in=keys, account__is_test=account.is_test)
    others = rows.exclude(account=account)
    return others.exclude(account__status=Account.Status.CLOSED).exists()


def signs_in_with(account: Account, address: EmailAddress) -> bool:
    """Say whether the address is the account's sign-in name too."""
    return account.sign_in_key == sign_in_key(address.address)
