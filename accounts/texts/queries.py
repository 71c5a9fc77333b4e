"""Where a code may go, and finding it again."""

from django.utils import timezone

from accounts.models import Account, Phone, TextCode
from accounts.security import keyed_hash
from accounts.texts import outgoing, rules

_PURPOSE = "text-code"


def number_of(account: Account) -> str | None:
    """Return the account's number (E.164) if it is confirmed, lately, and texts may be sent there.

    Where nobody confirmed or used it for a year, whoever has it now would get the codes.
    """
    if not outgoing.is_on():
        return None
    phone = Phone.objects.filter(
        account=account, confirmed_at__isnull=False, unsafe_since=None
    ).first()
    if phone is None or phone.confirmed_at is None:
        return None
    last = max(phone.confirmed_at, phone.last_used_at or phone.confirmed_at)
    return phone.number if rules.counts(last, now=timezone.now()) else None


def number_to_tell(account: Account) -> str | None:
    """Return the number (E.164) to which its owner can be told something that is no secret.

    Confirmed once, however long ago: whoever has it now could neither be named nor let in by it.
    """
    if not outgoing.is_on():
        return None
    phones = Phone.objects.filter(account=account, confirmed_at__isnull=False, unsafe_since=None)
    return phones.values_list("number", flat=True).first()


def newest_of(
    account: Account, purpose: TextCode.Purpose, number: str, browser: str = ""
) -> TextCode | None:
    """Return the last code for this number: the only one that works, while it does.

    Of a second step each browser has its own: a stranger who knows the password neither uses up
    the tries of the owner's nor makes it void.
    """
    rows = TextCode.objects.filter(account=account, purpose=purpose, number=number)
    row = rows.filter(browser_hash=browser).order_by("-created_at").first()
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
