"""Reads what an account shares."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.disclosures.queries import last_use
from idp.models import Consent, HiddenService

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        last_use: datetime | None

    Agreement: TypeAlias = WithAnnotations[Consent, _Columns]

_Rows = TypeVar("_Rows", bound=Consent)


def agreements(account: Account, *, private: bool = False) -> "QuerySet[Agreement]":
    """Return the agreements that hold now, with their services, by the services' names.

    `private`: those with services that are kept out of sight, instead of those with the others.
    """
    return _kept_apart(_holding(account), account, private=private)


def known_service(account: Account, *, service: str, private: bool = False) -> Application | None:
    """Return the service of this name that the account ever shared with."""
    rows = Consent.objects.filter(account=account, application__slug=service)
    kept = _kept_apart(rows.select_related("application__organisation"), account, private=private)
    consent = kept.first()
    return consent.application if consent else None


def former(account: Account, *, private: bool = False) -> list[Application]:
    """Return the services that the account once shared with and no longer does, by name."""
    ended = Consent.objects.filter(account=account).exclude(
        application__in=_holding(account).values("application")
    )
    rows = _kept_apart(ended, account, private=private)
    known = Application.objects.filter(pk__in=rows.values("application"))
    return list(known.order_by("name", "slug"))


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


def _kept_apart(rows: "QuerySet[_Rows]", account: Account, *, private: bool) -> "QuerySet[_Rows]":
    hidden = HiddenService.objects.filter(account=account, application=OuterRef("application"))
    out_of_sight = Q(application__is_sensitive=True) | Q(Exists(hidden))
    return rows.filter(out_of_sight if private else ~out_of_sight)


def _holding(account: Account) -> "QuerySet[Agreement]":
    return (
        Consent.objects.filter(
            account=account,
            superseded_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        )
        .select_related("application__organisation")
        .prefetch_related("application__scopes")
        .annotate(last_use=last_use())
        .order_by("application__name", "application__slug")
    )
