"""Reads the ledger, for the pages of the account's owner."""

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Account
from clients.models import Application
from idp.models import Disclosure


def to(application: Application, account: Account) -> QuerySet[Disclosure]:
    """Return what the application was given about the account, the newest first."""
    rows = Disclosure.objects.filter(account=account, application=application)
    return rows.order_by("-last_at", "-pk")


def older_than(row: Disclosure, rows: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    """Return those of `rows` that follow this one, however many stand before it."""
    # By where it stands in the index: an offset would read all that it leaves out.
    return rows.filter(last_at__lte=row.last_at).exclude(last_at=row.last_at, pk__gte=row.pk)


def last_use() -> Subquery:
    """Return when something was last given out, as a column of rows with both ids."""
    rows = Disclosure.objects.filter(
        account=OuterRef("account"), application=OuterRef("application")
    )
    return Subquery(rows.order_by("-last_at", "-pk").values("last_at")[:1])
