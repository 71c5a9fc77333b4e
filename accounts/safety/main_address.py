"""The address that services get and that mails to an account begin with."""

from accounts.models import Account, EmailAddress


def keep_a_main_address(account: Account) -> None:
    """Make the newest safe address the main one where that is gone or unsafe; services get it."""
    rows = EmailAddress.objects.filter(account=account)
    if rows.filter(is_primary=True, unsafe_since=None).exists():
        return
    successor = rows.filter(unsafe_since=None).order_by("-confirmed_at", "pk").first()
    if successor is not None:
        rows.filter(is_primary=True).update(is_primary=False)
        rows.filter(pk=successor.pk).update(is_primary=True)
