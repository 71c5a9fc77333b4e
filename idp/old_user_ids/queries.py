"""Reads old user ids: how many wait, whose they are, and what tokens tell of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Count, Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler

from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.encryption import decrypt
from clients.models import Application
from idp.models import HiddenService, OldUserId

# In no sealed text: those are base64url behind the id of a key.
_BETWEEN: Final = ","


@dataclass(frozen=True)
class Counts:
    """How many old ids an application registered, and how many of them somebody has."""

    registered: int
    claimed: int

    @property
    def waiting(self) -> int:
        """How many nobody has yet."""
        return self.registered - self.claimed


def opened(sealed: str) -> str:
    """Return an id that somebody claimed as its service knows it."""
    return decrypt(sealed).decode()


def all_opened(sealed: str | None) -> list[str]:
    """Return the ids of a `column`, in order; none where there are none."""
    return sorted(opened(one) for one in sealed.split(_BETWEEN)) if sealed else []


def counts(application: Application) -> Counts:
    """Count the application's ids."""
    rows = OldUserId.objects.filter(application=application)
    return Counts(**rows.aggregate(registered=Count("pk"), claimed=Count("account")))


def deletable(application: Application) -> QuerySet[OldUserId]:
    """Return the ids that its people may delete: none of a resident, but test residents' own."""
    rows = OldUserId.objects.filter(application=application)
    is_live = application.environment == Application.Environment.LIVE
    return rows.filter(account=None) if is_live else rows


def can_claim(application: Application) -> bool:
    """Say whether residents sign in to it, and it can prove itself when it claims for them."""
    signs_in = application.grant_types != ["client_credentials"]
    return signs_in and application.client_type == Application.CLIENT_CONFIDENTIAL


def purpose(application: Application) -> str:
    """Return what the hashes of this application's ids are made for: no other's match them."""
    return f"old_user_id_{application.client_id}"


def named(application: Application, ids: Iterable[str]) -> QuerySet[OldUserId]:
    """Return the application's rows of these ids, whichever key they were hashed with."""
    of = purpose(application)
    hashes = [one for old_id in ids for one in keyed_hash.candidates(of, old_id)]
    return OldUserId.objects.filter(application=application, id_hash__in=hashes)


def of_account(account: Account, application: Application) -> QuerySet[OldUserId]:
    """Return the ids that this account brought along to the application, the first one first."""
    rows = OldUserId.objects.filter(account=account, application=application)
    return rows.order_by("claimed_at", "pk")


def ended() -> QuerySet[Application]:
    """Return the applications that have ended for good and still have ids."""
    over = (Application.Status.RETIRED, Application.Status.CLOSED)
    rows = Application.objects.filter(status__in=over)
    return rows.filter(Exists(OldUserId.objects.filter(application=OuterRef("pk"))))


def is_private(account: Account, application: Application) -> bool:
    """Say whether no mail may hint at this service."""
    hidden = HiddenService.objects.filter(account=account, application=application)
    return application.is_sensitive or hidden.exists()


def column() -> Subquery:
    """Return the account's ids, sealed, as a column of rows that have `user` and `application`."""
    rows = OldUserId.objects.filter(
        account=OuterRef("user"), application=OuterRef("application")
    ).order_by()
    return Subquery(rows.values("application").annotate(all=_Joined("sealed")).values("all"))


class _Joined(Aggregate):
    """The texts of all rows as one, in whatever order."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **context: Any,
    ) -> tuple[str, Sequence[str | int]]:
        template = f"STRING_AGG(%(expressions)s, '{_BETWEEN}')"
        return super().as_sql(compiler, connection, template=template, **context)
