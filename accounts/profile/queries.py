"""Reads accounts."""

from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account
from accounts.models.account import sign_in_key
from accounts.profile.details import rules as details


def listed() -> QuerySet[Account]:
    """Return all accounts but those of staff, newest first, each with its addresses."""
    rows = Account.objects.filter(staff_since=None).prefetch_related("email_addresses")
    return rows.order_by("-created_at", "pk")


def find(reference: str) -> Account | None:
    """Return the account of this id, or else of this sign-in name, typed in any case.

    None of the staff's: what is done with a resident's account is not done with theirs.
    """
    with suppress(ValueError):  # a sign-in name
        # The id first: somebody may have chosen another account's id for a name.
        if account := listed().filter(pk=UUID(reference)).first():
            return account
    if "\0" in reference:
        return None  # PostgreSQL takes none in text
    return listed().filter(sign_in_key=sign_in_key(reference)).first()


def is_minor(account: Account) -> bool:
    """Say whether the account's owner told us that they are under 18."""
    return details.is_minor(account.date_of_birth, today=timezone.localdate())
