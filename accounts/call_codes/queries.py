"""Finds the code that counts, and where one may be mailed to."""

from uuid import UUID

from django.utils import timezone

from accounts.models import Account, CallCode, EmailAddress
from accounts.notices.queries import addresses_to_tell, code_matches
from accounts.security import keyed_hash

_PURPOSE = "call_code"


def address_for(account: Account, mailbox_key: str) -> EmailAddress | None:
    """Return the confirmed and safe address that was named, else the main one; None for none."""
    rows = addresses_to_tell(account)
    named = [row for row in rows if row.address_key == mailbox_key]
    return next(iter(named + rows), None)


def newest_mailed(account: Account, asked_in: UUID) -> CallCode | None:
    """Return the last code that this help session had mailed: the only one that counts in it."""
    return _newest(account, purpose=CallCode.Purpose.MAILED, asked_in=asked_in)


def newest_shown(account: Account) -> CallCode | None:
    """Return the last code that the account's page showed: the only one that counts."""
    return _newest(account, purpose=CallCode.Purpose.SHOWN)


def matches(row: CallCode, code: str) -> bool:
    """Say whether this is the code, and was mailed to an address that is still obeyed if it was."""
    if row.message is not None:
        return code_matches(row.message, code)
    return keyed_hash.matches(_PURPOSE, _bound(row, code), row.code_hash)


def digest(row: CallCode, code: str) -> str:
    """Return what is stored of a code that was shown."""
    return keyed_hash.digest(_PURPOSE, _bound(row, code))


def _newest(account: Account, **columns: object) -> CallCode | None:
    rows = CallCode.objects.filter(account=account, **columns).select_related("message")
    row = rows.order_by("-created_at").first()
    return row if row is not None and timezone.now() < row.expires_at else None


def _bound(row: CallCode, code: str) -> str:
    # To the account: what one resident reads out opens nobody else's.
    return f"{row.account_id}:{row.pk}:{code}"
