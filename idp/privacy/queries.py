"""Reads what an account shares, blocks, and could sign in to."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Account
from clients.models import Application, Organisation
from idp.blocking import queries as blocks
from idp.disclosures.queries import last_use
from idp.models import Block, Consent, ErasureRequest, HiddenService

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        last_use: datetime | None

    Agreement: TypeAlias = WithAnnotations[Consent, _Columns]

_Rows = TypeVar("_Rows", bound=Consent | Block | ErasureRequest)


def agreements(account: Account, *, private: bool = False) -> "QuerySet[Agreement]":
    """Return the agreements that hold now, with their services, by the services' names.

    `private`: those with services that are kept out of sight, instead of those with the others.
    """
    return kept_apart(_holding(account), account, private=private)


def known_service(account: Account, *, service: str, private: bool = False) -> Application | None:
    """Return the service of this name that the account ever shared with."""
    rows = Consent.objects.filter(account=account, application__slug=service)
    kept = kept_apart(rows.select_related("application__organisation"), account, private=private)
    consent = kept.first()
    return consent.application if consent else None


def former(account: Account, *, private: bool = False) -> list[Application]:
    """Return the services that the account once shared with and no longer does, by name."""
    ended = Consent.objects.filter(account=account).exclude(
        application__in=_holding(account).values("application")
    )
    rows = kept_apart(ended, account, private=private)
    known = Application.objects.filter(pk__in=rows.values("application"))
    return list(known.order_by("name", "slug"))


def last_stop(account: Account, *, service: str, private: bool = False) -> Consent | None:
    """Return the agreement with this service that the account ended last, if none holds now."""
    if _holding(account).filter(application__slug=service).exists():
        return None
    withdrawn = Consent.objects.filter(
        account=account, application__slug=service, withdrawn_at__isnull=False
    ).select_related("application__organisation", "account")
    rows = kept_apart(withdrawn.prefetch_related("application__scopes"), account, private=private)
    return rows.order_by("withdrawn_at").last()


def blocked_services(account: Account, *, private: bool = False) -> QuerySet[Block]:
    """Return the blocks of single services, by the services' names."""
    rows = kept_apart(blocks.of_applications(account), account, private=private)
    return rows.order_by("application__name", "application__slug")


def blocked_organisations(account: Account, *, private: bool = False) -> QuerySet[Block]:
    """Return the blocks of organisations, by name.

    One that runs a service which is kept out of sight stands with the private ones: its name may
    say which.
    """
    hidden = HiddenService.objects.filter(account=account, application=OuterRef("pk"))
    theirs = Application.objects.filter(organisation=OuterRef("organisation"))
    out_of_sight = Exists(theirs.filter(Q(is_sensitive=True) | Q(Exists(hidden))))
    rows = blocks.of_organisations(account)
    kept = rows.filter(out_of_sight if private else ~out_of_sight)
    return kept.order_by("organisation__name", "organisation__slug")


def others(account: Account) -> QuerySet[Application]:
    """Return the live services that one can sign in to and that no open list of the account names.

    What the account hides stays among them, or its absence would tell; what the council marked is
    never here, used or not. By organisation, the council's own first.
    """
    begins = Q(initiate_login_uri__gt="") | Q(home_url__gt="")
    live = Application.objects.filter(
        begins,
        environment=Application.Environment.LIVE,
        status=Application.Status.ACTIVE,
        organisation__status=Organisation.Status.ACTIVE,
        is_sensitive=False,
        redirect_uris__gt="",
    )
    named = (
        live.exclude(pk__in=agreements(account).order_by().values("application"))
        .exclude(pk__in=blocked_services(account).order_by().values("application"))
        .exclude(organisation__in=blocked_organisations(account).order_by().values("organisation"))
    )
    return named.select_related("organisation").order_by(
        "-organisation__is_council", "organisation__name", "organisation__slug", "name", "slug"
    )


def kept_apart(rows: "QuerySet[_Rows]", account: Account, *, private: bool) -> "QuerySet[_Rows]":
    """Return those of these rows whose services are kept out of sight, or those of the others."""
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
