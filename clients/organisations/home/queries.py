"""Reads what an organisation's first page lists."""

from django.db.models import QuerySet

from accounts.models import Account
from clients.models import Application, Organisation
from clients.organisations.inviting.queries import open_for
from clients.organisations.members.queries import of_account


def applications(organisation: Organisation) -> QuerySet[Application]:
    """Return the organisation's open applications, the live ones first, each sort by name."""
    rows = organisation.applications.exclude(status=Application.Status.CLOSED)
    return rows.order_by("environment", "name", "slug")


def concerns(account: Account) -> bool:
    """Say whether the account looks after any organisation's applications, or is invited to."""
    return of_account(account).exists() or open_for(account).exists()
