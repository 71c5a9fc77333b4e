"""Reads members."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Account
from clients.models import Application, Member, Organisation


def of_account(account: Account) -> QuerySet[Member]:
    """Return the account's memberships by the organisation's name, each with its organisation."""
    rows = Member.objects.filter(account=account).select_related("organisation")
    return rows.order_by("organisation__name", "organisation__slug")


def find(account: Account, organisation: str) -> Member | None:
    """Return the account's membership of the organisation of this short name."""
    return of_account(account).filter(organisation__slug=organisation).first()


def of_organisation(organisation: Organisation) -> QuerySet[Member]:
    """Return the organisation's members by name, each with its account."""
    rows = Member.objects.filter(organisation=organisation).select_related("account")
    return rows.order_by("account__full_name", "pk")


def in_order(
    organisation: Organisation, *, after: tuple[datetime, int] | None = None
) -> QuerySet[Member]:
    """Return the organisation's members as they came, each with its account.

    `after`: moment and number of a member that only later ones are wanted of.
    """
    rows = of_organisation(organisation).order_by("since", "pk")
    if after is None:
        return rows
    since, number = after
    return rows.filter(since__gte=since).filter(Q(since__gt=since) | Q(since=since, pk__gt=number))


def owners(organisation: Organisation) -> QuerySet[Member]:
    """Return its owners whom anybody could ask: not those whose account ended or was suspended."""
    return _to_ask(organisation).filter(role=Member.Role.OWNER)


def developers(organisation: Organisation) -> QuerySet[Member]:
    """Return who handles its applications' credentials and could be asked: owners too."""
    return _to_ask(organisation).exclude(role=Member.Role.VIEWER)


def _to_ask(organisation: Organisation) -> QuerySet[Member]:
    gone = (Account.Status.CLOSED, Account.Status.SUSPENDED)
    return of_organisation(organisation).exclude(account__status__in=gone)


def has_live_application(organisation: Organisation) -> bool:
    """Say whether residents use any of the organisation's applications."""
    live = Application.Environment.LIVE
    return Application.objects.filter(organisation=organisation, environment=live).exists()
