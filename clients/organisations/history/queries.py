"""Reads what happened to an organisation, and the names of who did it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Application, Member, Organisation
from clients.organisations.history.wording import TOLD


def told(organisation: Organisation) -> QuerySet[AuditEvent]:
    """Return the events that the organisation's members are told of, the newest first."""
    rows = AuditEvent.objects.filter(organisation_id=organisation.pk, event__in=TOLD)
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
