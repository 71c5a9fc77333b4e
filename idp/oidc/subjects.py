"""Pairwise subjects: two sectors can never tell that they know the same person (OIDC Core §8.1)."""

from accounts.models import Account
from clients.models import Application
from idp.models import PairwiseSubject


def subject_for(account: Account, application: Application) -> str:
    """Return the account's `sub` at this application's sector, made at the first call."""
    row, _ = PairwiseSubject.objects.get_or_create(
        account=account, sector_identifier=application.sector_identifier
    )
    return row.subject
