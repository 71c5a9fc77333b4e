"""Where a code may go, and finding it again."""

from django.utils import timezone

from accounts.models import Account, Phone, TextCode
from accounts.security import keyed_hash
from accounts.texts import outgoing

_PURPOSE = "text-code"


def number_of(account: Account) -> str | None:
    """Return the account's confirmed number (E.164) if texts are sent and it is not unsafe."""
    if not outgoing.is_on():
        return None
    phone = Phone.objects.filter(
        account=account, confirmed_at__isnull=False, unsafe_since=None
    ).first()
    return phone.number if phone is not None else None


def newest_of(account: Account, purpose: TextCode.Purpose, number: str) -> TextCode | None:
    """Return the last code for this number: the only one that works, while it does."""
    row = (
        TextCode.objects.filter(account=account, purpose=purpose, number=number)
        .order_by("-created_at")
        .first()
    )
    is_good = row is not None and row.used_at is None and row.expires_at > timezone.now()
    return row if is_good else None


def code_digest(row: TextCode, code: str) -> str:
    """Return what is stored of the code. A million repeat soon: it is bound to its message."""
    return keyed_hash.digest(_PURPOSE, _bound(row, code))


def code_matches(row: TextCode, code: str) -> bool:
    """Say whether this is the code that was sent."""
    return keyed_hash.matches(_PURPOSE, _bound(row, code), row.code_hash)


def _bound(row: TextCode, code: str) -> str:
    return f"{row.pk}:{row.number}:{code}"
