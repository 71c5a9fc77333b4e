"""Reads what an account shares."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import Consent


def agreements(account: Account) -> QuerySet[Consent]:
    """Return the agreements that hold now, with their services, by the services' names."""
    return (
        Consent.objects.filter(
            account=account,
            superseded_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        )
        .select_related("application__organisation")
        .order_by("application__name", "application__slug")
    )


def stopped(account: Account, *, service: str) -> Application | None:
    """Return the service of this name that the account has stopped sharing with, if it has."""
    if "\0" in service or agreements(account).filter(application__slug=service).exists():
        return None
    withdrawn = Consent.objects.filter(
        account=account, application__slug=service, withdrawn_at__isnull=False
    ).select_related("application")
    last = withdrawn.order_by("withdrawn_at").last()
    return last.application if last else None
