"""Reads agreements."""

from collections.abc import Collection

from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.consent.rules import Agreed, Coverage, coverage
from idp.models import Consent


def current(account: Account, application: Application) -> Consent | None:
    """Return the one agreement that was neither superseded nor withdrawn; it may have expired."""
    return Consent.objects.filter(
        account=account, application=application, superseded_at=None, withdrawn_at=None
    ).first()


def how_far(
    consent: Consent | None, *, scopes: Collection[str], claims: Collection[str]
) -> Coverage:
    """Say how far the agreement covers what is asked now."""
    return coverage(scopes=scopes, claims=claims, agreed=agreed(consent), now=timezone.now())


def agreed(consent: Consent | None) -> Agreed | None:
    """Return what the rules need of an agreement."""
    if consent is None:
        return None
    return Agreed(
        frozenset(consent.scopes),
        frozenset(consent.claims),
        consent.expires_at,
        frozenset(consent.declined_scopes),
        frozenset(consent.declined_claims),
    )
