"""Finds residents by whole words of their names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, ColleagueAccount, EmailAddress, StaffMember
from idp.console.helping.finding import residents
from idp.console.protection.masking import masked_email
from idp.console.protection.queries import unprotected
from idp.console.searching.rules import MOST_SHOWN


@dataclass(frozen=True)
class Shown:
    """Just enough of an account to choose it; `address` is masked."""

    account_id: UUID
    name: str
    born_in: int | None
    address: str


def matching(words: Collection[str], *, born: date | None) -> list[UUID]:
    """Return up to one more account than may be shown that have all these words in their names.

    Protected accounts are left out, and those of colleagues: neither is ever found by chance.
    """
    rows = _open_to_search()
    for word in sorted(words):
        rows = rows.filter(name_words__word=word)
    if born is not None:
        rows = rows.filter(date_of_birth=born)
    return list(rows.values_list("pk", flat=True)[: MOST_SHOWN + 1])


def shown(account_ids: Collection[str]) -> list[Shown]:
    """Return those accounts as they are listed, by name; of what may be shown now."""
    rows = _open_to_search().filter(pk__in=account_ids).prefetch_related("email_addresses")
    return [_shown(account) for account in rows.order_by("full_name", "date_of_birth", "pk")]


def _open_to_search() -> QuerySet[Account]:
    flagged = ColleagueAccount.objects.filter(account=OuterRef("pk"))
    at_work = StaffMember.objects.filter(left_at=None, work_email_key=OuterRef("address_key"))
    by_mailbox = EmailAddress.objects.filter(Exists(at_work), account=OuterRef("pk"))
    return unprotected(residents()).filter(~Exists(flagged), ~Exists(by_mailbox))


def _shown(account: Account) -> Shown:
    rows = sorted(account.email_addresses.all(), key=lambda row: (not row.is_primary, row.pk))
    return Shown(
        account_id=account.pk,
        name=account.full_name,
        born_in=account.date_of_birth.year if account.date_of_birth else None,
        address=masked_email(rows[0].address) if rows else "",
    )
