"""Reads streams."""

from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import Account
from clients.models import Application
from idp.models import Consent, EventStream, PairwiseSubject, RemovedSubject

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        subject: str

    Told: TypeAlias = WithAnnotations[EventStream, _Columns]


def streams_about(
    account: Account, *, application: Application | None, former_too: bool
) -> "QuerySet[Told]":
    """Return the streams that carry news of the account, each with its name there, in one go.

    A paused one does: its events wait. A disabled one holds none for later (SSF §8.1.2.1).
    """
    subjects = PairwiseSubject.objects.filter(
        account=account, sector_identifier=OuterRef("application__sector_identifier")
    )
    agreed = Consent.objects.filter(account=account, application=OuterRef("application"))
    if not former_too:
        agreed = agreed.filter(superseded_at=None, withdrawn_at=None)
    removed = RemovedSubject.objects.filter(stream=OuterRef("pk"), account=account)
    rows = EventStream.objects.filter(
        Exists(agreed), ended_at=None, application__receives_events=True
    ).exclude(Exists(removed))
    if application is not None:
        rows = rows.filter(application=application)
    return (
        rows.exclude(status=EventStream.Status.DISABLED)
        .annotate(subject=Subquery(subjects.values("subject")[:1]))
        .filter(subject__isnull=False)
    )
