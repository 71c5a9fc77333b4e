"""Pairwise subjects: two sectors can never tell that they know the same person (OIDC Core §8.1)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.models import Account
from clients.models import Application
from idp.models import PairwiseSubject


def subject_for(account: Account, application: Application) -> str:
    """Return the account's `sub` at this application's sector, made at the first call."""
    row, _ = PairwiseSubject.objects.get_or_create(
        account=account, sector_identifier=application.sector_identifier
    )
    return row.subject


def known(account: Account, application: Application) -> str | None:
    """Return the account's `sub` at this application's sector, if it was ever made."""
    rows = PairwiseSubject.objects.filter(
        account=account, sector_identifier=application.sector_identifier
    )
    return rows.values_list("subject", flat=True).first()


def accounts_known_as(subjects: Collection[str], application: Application) -> set[UUID]:
    """Return the accounts that this application's sector knows by one of these names."""
    rows = PairwiseSubject.objects.filter(
        subject__in=subjects, sector_identifier=application.sector_identifier
    )
    return set(rows.values_list("account_id", flat=True))


def account_known_as(subject: str, application: Application) -> Account | None:
    """Return the account that this application's sector knows by this name."""
    rows = PairwiseSubject.objects.select_related("account")
    known = rows.filter(subject=subject, sector_identifier=application.sector_identifier).first()
    return known.account if known else None


def column() -> Subquery:
    """Return the `sub` as a column of rows that have `user` and `application`.

    It is there: issuing a code makes it.
    """
    rows = PairwiseSubject.objects.filter(
        account=OuterRef("user"), sector_identifier=OuterRef("application__sector_identifier")
    )
    return Subquery(rows.values("subject")[:1])
