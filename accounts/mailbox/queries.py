"""Reading how far an address is taken."""

from django.conf import settings

from accounts.mailbox import rules
from accounts.mailbox.rules import AddressUse
from accounts.models import Account, EmailAddress


def address_use(key: str) -> AddressUse:
    """Return how far the address with this key is taken.

    An account that holds it for unsafe is like one without it: its readers must not hear of that.
    Nor does one that is closed count, nor a made-up person's, who reads no mail.
    """
    rows = EmailAddress.objects.filter(address_key=key, unsafe_since=None, account__is_test=False)
    accounts = rows.exclude(account__status=Account.Status.CLOSED).count()
    return rules.address_use(accounts=accounts, most=settings.ACCOUNTS_PER_ADDRESS)


def locked_address_use(key: str) -> AddressUse:
    """Return the same for whoever is about to take the address, one after the other.

    Where no row exists yet there is nothing to lock, and nothing near the limit either.
    """
    rows = EmailAddress.objects.filter(address_key=key)
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return address_use(key)
