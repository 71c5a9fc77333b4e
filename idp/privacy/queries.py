"""Reads what an account shares."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import Consent, HiddenService


def agreements(account: Account, *, private: bool = False) -> QuerySet[Consent]:
    """Return the agreements that hold now, with their services, by the services' names.

    `private`: those with services that are kept out of sight, instead of those with the others.
    """
    return _kept_apart(_holding(account), account, private=private)


def stopped(account: Account, *, service: str, private: bool = False) -> Application | None:
    """Return the service of this name that the account has stopped sharing with, if it has."""
    if "\0" in service or _holding(account).filter(application__slug=service).exists():
        return None
    withdrawn = Consent.objects.filter(
        account=account, application__slug=service, withdrawn_at__isnull=False
    ).select_related("application")
    rows = _kept_apart(withdrawn, account, private=private)
    last = rows.order_by("withdrawn_at").last()
    return last.application if last else None


def _kept_apart(rows: QuerySet[Consent], account: Account, *, private: bool) -> QuerySet[Consent]:
    hidden = HiddenService.objects.filter(account=account, application=OuterRef("application"))
    out_of_sight = Q(application__is_sensitive=True) | Q(Exists(hidden))
    return rows.filter(out_of_sight if private else ~out_of_sight)


def _holding(account: Account) -> QuerySet[Consent]:
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
