"""Reads agreements."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.consent.rules import Agreed, Coverage, coverage
from idp.models import Block, Consent


def current(account: Account, application: Application) -> Consent | None:
    """Return the one agreement that was neither superseded nor withdrawn; it may have expired."""
    return Consent.objects.filter(
        account=account, application=application, superseded_at=None, withdrawn_at=None
    ).first()


def is_blocked(account: Account, application: Application) -> bool:
    """Say whether the account's owner lets no agreement with the application come about."""
    # Each half names the empty column, so that each has the index of its constraint.
    blocked = Q(application=application, organisation=None) | Q(
        organisation=application.organisation_id, application=None
    )
    return Block.objects.filter(blocked, account=account).exists()


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
        consent.email_id,
    )
