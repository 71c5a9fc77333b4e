"""Reads which services and organisations an account has blocked."""

from django.db.models import Q, QuerySet

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Application, Organisation
from idp.models import Block, Consent


def of_applications(account: Account) -> QuerySet[Block]:
    """Return the blocks of single services, with the services."""
    rows = Block.objects.filter(account=account, organisation=None)
    return rows.select_related("application__organisation")


def of_organisations(account: Account) -> QuerySet[Block]:
    """Return the blocks of whole organisations, with the organisations."""
    return Block.objects.filter(account=account, application=None).select_related("organisation")


def applications(account: Account) -> QuerySet[Application]:
    """Return the services that are blocked by themselves."""
    rows = Application.objects.filter(pk__in=of_applications(account).values("application"))
    return rows.select_related("organisation")


def organisations(account: Account) -> QuerySet[Organisation]:
    """Return the organisations that are blocked."""
    return Organisation.objects.filter(pk__in=of_organisations(account).values("organisation"))


def against(application: Application, account: Account) -> list[Block]:
    """Return what keeps the application out: a block of its own, or its organisation's, or both."""
    own = of_applications(account).filter(application=application)
    whole = of_organisations(account).filter(organisation=application.organisation_id)
    return [*own, *whole]


def was_lifted(application: Application, account: Account) -> bool:
    """Say whether the account's owner ever lifted a block of the application or its organisation.

    Nothing is shared with it then before they said yes: the pages of unblocking promise that.
    """
    lifted = Q(event=Event.SERVICE_UNBLOCKED, application_id=application.client_id) | Q(
        event=Event.ORGANISATION_UNBLOCKED, organisation_id=application.organisation_id
    )
    return AuditEvent.objects.filter(lifted, account_id=account.pk).exists()


def shared_with(account: Account, organisation: Organisation) -> list[Application]:
    """Return the organisation's services that have an agreement to end."""
    rows = Consent.objects.filter(
        account=account,
        application__organisation=organisation,
        superseded_at=None,
        withdrawn_at=None,
    )
    return [row.application for row in rows.select_related("application__organisation")]
