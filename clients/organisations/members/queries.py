"""Reads members."""

from django.db.models import QuerySet

from accounts.models import Account
from clients.models import Member


def of_account(account: Account) -> QuerySet[Member]:
    """Return the account's memberships by the organisation's name, each with its organisation."""
    rows = Member.objects.filter(account=account).select_related("organisation")
    return rows.order_by("organisation__name", "organisation__slug")


def find(account: Account, organisation: str) -> Member | None:
    """Return the account's membership of the organisation of this short name."""
    return of_account(account).filter(organisation__slug=organisation).first()


def is_a_member(account: Account) -> bool:
    """Say whether the account looks after any organisation's applications."""
    return Member.objects.filter(account=account).exists()
