"""Reads what happened to an organisation, and the names of who did it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Application, Member, Organisation
from clients.organisations.history.wording import TOLD


def told(
    organisation: Organisation, *, before: tuple[datetime, int] | None = None
) -> QuerySet[AuditEvent]:
    """Return the events that the organisation's members are told of, the newest first.

    `before`: moment and number of an event that only earlier ones are wanted of.
    """
    rows = AuditEvent.objects.filter(organisation_id=organisation.pk, event__in=TOLD)
    if before is not None:
        at, number = before
        rows = rows.filter(at__lte=at).filter(Q(at__lt=at) | Q(at=at, pk__lt=number))
    return rows.order_by("-at", "-pk")


def member_names(organisation: Organisation, accounts: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of those among the accounts that are members or were.

    Nobody else's: the council's staff act for the council.
    """
    joined = AuditEvent.objects.filter(
        organisation_id=organisation.pk,
        event__in=(Event.MEMBER_ADDED, Event.OWNER_APPOINTED),
        account_id__in=accounts,
    )
    now = Member.objects.filter(organisation=organisation, account__in=accounts)
    were = {account for account in joined.values_list("account_id", flat=True) if account}
    known = were | set(now.values_list("account_id", flat=True))
    return dict(Account.objects.filter(pk__in=known).values_list("pk", "full_name"))


def application_names(organisation: Organisation, client_ids: Collection[str]) -> dict[str, str]:
    """Return the names of the organisation's applications by client_id."""
    rows = Application.objects.filter(organisation=organisation, client_id__in=client_ids)
    return dict(rows.values_list("client_id", "name"))
