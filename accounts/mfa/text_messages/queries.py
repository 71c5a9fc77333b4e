"""Which number a code may be sent to."""

from accounts.models import Account, Phone
from accounts.texts import outgoing

_SHOWN = 3


def number_of(account: Account) -> str | None:
    """Return the account's confirmed number (E.164) if texts are sent and it is not unsafe."""
    if not outgoing.is_on():
        return None
    phone = Phone.objects.filter(
        account=account, confirmed_at__isnull=False, unsafe_since=None
    ).first()
    return phone.number if phone is not None else None


def end_of(number: str) -> str:
    """Return what a page may show of a number to whoever knows the password alone."""
    return number[-_SHOWN:]
