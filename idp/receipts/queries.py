"""Reads agreements, of now and of before, for receipts."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Account
from clients.models import Application, ScopeTerms
from idp.models import Consent


def versions(account: Account, application: Application) -> QuerySet[Consent]:
    """Return all that the account's owner ever agreed with the application, the newest first."""
    rows = Consent.objects.filter(account=account, application=application)
    return rows.order_by("-granted_at", "-pk")


def version(account: Account, application: Application, number: UUID) -> Consent | None:
    """Return the agreement of this number, if it is theirs."""
    rows = versions(account, application).select_related("account", "application")
    return rows.filter(pk=number).first()


def older_than(rows: QuerySet[Consent], agreement: Consent) -> QuerySet[Consent]:
    """Return the agreements that came before this one."""
    since = agreement.granted_at
    return rows.filter(Q(granted_at__lt=since) | Q(granted_at=since, pk__lt=agreement.pk))


def terms(agreement: Consent) -> dict[str, ScopeTerms]:
    """Return what was told of each scope, in the versions that were read."""
    read = Q(pk=None)
    for scope, number in agreement.terms.items():
        read |= Q(scope=scope, version=number)
    rows = ScopeTerms.objects.filter(read, application=agreement.application_id)
    return {row.scope: row for row in rows}
