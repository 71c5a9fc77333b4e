"""Remembering who may read a mailbox still."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Account, EmailAddress


def note_former_reader(*, account: Account, keys: Iterable[str]) -> None:
    """Remember with other accounts' addresses of these keys that this one's owner had them too.

    Call it in the transaction that takes them from the account. Its owner gives up an address, not
    what they read there: else one of two readers would drop theirs to get into the other's account
    by a mailed link.
    """
    theirs = EmailAddress.objects.filter(address_key__in=list(keys), others_read_since=None)
    own = {account.pk, account.joined_into_id} - {None}
    theirs.exclude(account__in=own).update(others_read_since=timezone.now())
