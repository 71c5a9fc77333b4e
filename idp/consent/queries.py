"""Reads agreements."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, AccountClosing
from clients.models import Application
from clients.scopes import SCOPES
from idp.consent import rules
from idp.consent.rules import Agreed, Coverage, Shown, gaps
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


def was_stopped(account: Account, application: Application) -> bool:
    """Say whether the account's owner has ever ended an agreement with the application."""
    rows = Consent.objects.filter(account=account, application=application)
    return rows.filter(withdrawn_at__isnull=False).exists()


def why_not(
    consent: Consent | None, *, scopes: Collection[str], claims: Collection[str], shown: Shown
) -> tuple[Coverage, ...]:
    """Return every reason why the agreement does not cover what is asked now; none: it does."""
    # Whoever keeps a detail back is not asked about it again and again by terms that change.
    shared = _shared(consent, shown) if consent else shown
    known = agreed(consent)
    return gaps(scopes=scopes, claims=claims, shown=shared, agreed=known, now=timezone.now())


def changed_terms(consent: Consent, shown: Shown) -> list[str]:
    """Return the scopes of which something else is told now than the account's owner had read."""
    return rules.changed_terms(_shared(consent, shown), agreed_of(consent))


def agreed(consent: Consent | None) -> Agreed | None:
    """Return what the rules need of an agreement, if there is one."""
    return agreed_of(consent) if consent else None


def agreed_of(consent: Consent) -> Agreed:
    """Return what the rules need of an agreement."""
    return Agreed(
        frozenset(consent.scopes),
        frozenset(consent.claims),
        consent.expires_at,
        frozenset(consent.declined_scopes),
        frozenset(consent.declined_claims),
        consent.email_id,
        Shown(consent.application_name, consent.organisation_name, consent.terms),
        consent.value_digests,
    )


def _shared(consent: Consent, shown: Shown) -> Shown:
    terms = {
        scope: version
        for scope, version in shown.terms.items()
        if scope in consent.scopes or not set(SCOPES[scope].claims).isdisjoint(consent.claims)
    }
    return replace(shown, terms=terms)


def ended_by(closing: AccountClosing) -> list[Application]:
    """Return the applications whose agreements an account's closing ended."""
    rows = Consent.objects.filter(account=closing.account, withdrawn_at__gte=closing.closed_at)
    return [row.application for row in rows.select_related("application").order_by("pk")]
