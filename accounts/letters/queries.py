"""Where a letter may go."""

from django.conf import settings
from django.utils import timezone

from accounts.letters import outgoing, rules
from accounts.letters.rules import Address, Unfit
from accounts.models import Account, PostalAddress


def may_write_to(account: Account) -> bool:
    """Say whether letters are on and the account has an address that one may go to."""
    return unfit(account) is None


def unfit(account: Account) -> Unfit | None:
    """Return why no letter may go to the account's owner, or None if one may."""
    if not outgoing.is_on():
        return Unfit.OFF
    row = PostalAddress.objects.filter(account=account).first()
    return rules.unfit(
        _facts(row) if row is not None else None,
        now=timezone.now(),
        least_age=settings.LETTER_ADDRESS_AGE,
    )


def lines_of(account: Account) -> list[str]:
    """Return the lines to print in the envelope's window."""
    row = PostalAddress.objects.get(account=account)
    return [account.full_name, *row.lines.split("\n"), row.postcode]


def _facts(row: PostalAddress) -> Address:
    return Address(
        has_lines=bool(row.lines) and not row.no_fixed_address,
        checked_at=row.checked_at,
        changed_at=row.changed_at,
        is_unsafe=row.unsafe_since is not None,
    )
