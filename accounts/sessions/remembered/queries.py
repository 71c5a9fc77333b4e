"""Finding remembered browsers."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account, RememberedDevice
from accounts.security import keyed_hash

PURPOSE = "remembered-device"


def of_account(account: Account) -> QuerySet[RememberedDevice]:
    """Return the account's remembered browsers, the newest first."""
    rows = RememberedDevice.objects.filter(
        account=account, ended_at=None, expires_at__gt=timezone.now()
    )
    return rows.order_by("-created_at")


def find(account: Account, values: Iterable[str]) -> RememberedDevice | None:
    """Return the row of the browser that holds one of these secrets, if it is remembered."""
    hashes = [digest for value in values for digest in keyed_hash.candidates(PURPOSE, value)]
    return of_account(account).filter(token_hash__in=hashes).first() if hashes else None
