"""Reads accounts."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Account
from accounts.models.account import sign_in_key


def listed() -> QuerySet[Account]:
    """Return all accounts, newest first, each with its addresses."""
    return Account.objects.prefetch_related("email_addresses").order_by("-created_at", "pk")


def find(reference: str) -> Account | None:
    """Return the account of this sign-in name, typed in any case, or of this id."""
    wanted = Q(sign_in_key=sign_in_key(reference))
    with suppress(ValueError):  # a sign-in name
        wanted |= Q(pk=UUID(reference))
    return listed().filter(wanted).first()
