"""Reads agreements."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, AccountClosing, EmailAddress
from clients.models import Application
from clients.scopes import SCOPES
from idp.consent import rules
from idp.consent.rules import (
    Agreed,
    Answer,
    Coverage,
    Details,
    How,
    Mailbox,
    Shown,
    gaps,
    of_scope,
)
from idp.models import Block, Consent

# A change on the account is an answer like one on the sharing page.
_HOW: Final = {
    Consent.Kind.AGREED: How.AGREED,
    Consent.Kind.TOLD: How.TOLD,
    Consent.Kind.CHANGED: How.AGREED,
}


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
    if consent is None:
        return (Coverage.NO_CONSENT,)
    # Nor about another detail of a kind that they keep back.
    asked = set(claims) - claims_of(set(scopes).intersection(consent.declined_scopes))
    return gaps(
        scopes=scopes,
        claims=asked,
        # Whoever keeps a detail back is not asked about it again and again by terms that change.
        shown=_shared(consent, shown),
        agreed=agreed_of(consent),
        added=added(consent, scopes=scopes, claims=asked),
        address_gone=lost_address(consent),
        now=timezone.now(),
    )


def added(consent: Consent, *, scopes: Collection[str], claims: Collection[str]) -> set[str]:
    """Return the claims of scopes agreed to that there was nothing to say of then, and is now."""
    known = set(consent.claims).union(consent.declined_claims)
    return (claims_of(set(scopes).intersection(consent.scopes)) & set(claims)) - known


def claims_of(scopes: Collection[str]) -> set[str]:
    """Return the claims that these scopes carry, `sub` left out."""
    return {name for scope in scopes for name in SCOPES[scope].claims} - {"sub"}


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
        mailbox_of(consent),
        Shown(consent.application_name, consent.organisation_name, consent.terms),
        consent.value_digests,
        Answer(_HOW[Consent.Kind(consent.kind)], consent.granted_at),
        {
            name: Answer(How(how), datetime.fromisoformat(at))
            for name, (how, at) in consent.earlier.items()
        },
    )


def mailbox_of(consent: Consent) -> Mailbox:
    """Return which email address the agreement shares."""
    return Mailbox(consent.email_id, consent.chose_email)


def lost_address(consent: Consent) -> bool:
    """Say whether the email address that was chosen to be shared is gone, or no longer safe."""
    if not consent.chose_email or rules.EMAIL not in consent.claims:
        return False
    if consent.email_id is None:
        return True
    rows = EmailAddress.objects.filter(account=consent.account_id, unsafe_since=None)
    return not rows.filter(pk=consent.email_id).exists()


def still_agreed(consent: Consent | None, shown: Shown) -> Details:
    """Return what was agreed to, and not told, by the names and on the terms of now, and holds."""
    known = agreed(consent)
    if known is None or known.expires_at <= timezone.now() or known.shown.names != shown.names:
        return Details(frozenset(), frozenset())
    changed = rules.changed_terms(shown, known)
    others = {name for scope in changed for name in (of_scope(scope), *SCOPES[scope].claims)}
    others |= {name for name, answer in known.answers().items() if answer.how is How.TOLD}
    return Details(
        frozenset(scope for scope in known.scopes if of_scope(scope) not in others),
        known.claims - others,
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
