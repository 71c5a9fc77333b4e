"""Writes agreements."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, EmailAddress, OutboundMessage, Session
from accounts.notices.operations import queue
from accounts.notices.queries import addresses_to_tell
from clients.models import Application
from clients.scopes import SCOPES
from idp.consent import queries
from idp.consent.rules import (
    MAIN,
    Agreed,
    Coverage,
    Details,
    Mailbox,
    Shown,
    chosen_anew,
    with_address,
)
from idp.consent.writing import about, locked, supersede, write
from idp.deliveries import operations as deliveries
from idp.models import (
    AuthorizationRequest,
    Consent,
    Participant,
)
from idp.ssf import news
from idp.tokens import operations as tokens

_NOTHING_SHOWN: Final[Mapping[str, str]] = MappingProxyType({})


class BlockedError(Exception):
    """The account's owner has blocked the application; nothing was recorded."""


@transaction.atomic
def grant(
    *,
    request: AuthorizationRequest,
    session: Session,
    scopes: Collection[str],
    claims: Collection[str],
    declined_scopes: Collection[str] = (),
    declined_claims: Collection[str] = (),
    email: int | None = None,
    shown: Shown,
    digests: Mapping[str, str] = _NOTHING_SHOWN,
    by: Actor,
) -> Consent:
    """Record that the session's owner agreed, in answer to this request, and what they kept back.

    `email` is the row of the address to share, None for the main one; `shown` what the page said,
    and `digests` stand for the values on it, by claim.
    A second click changes nothing, unless something changed after the first. What the application
    holds already goes on under the new agreement.

    Raises:
        BlockedError: they blocked it, perhaps a moment ago in another tab.
    """
    account = locked(session.account)
    if queries.is_blocked(account, request.application):
        raise BlockedError
    former = queries.current(account, request.application)
    is_first = _first_answer(request, session)
    if former is not None and not is_first and _covers(former, scopes, claims, shown):
        return former
    asked = Agreed(
        frozenset(scopes),
        frozenset(claims),
        timezone.now() + settings.CONSENT_LIFETIME,
        frozenset(declined_scopes),
        frozenset(declined_claims),
        _mailbox(email, account),
        shown,
        digests,
    )
    unsaid = queries.claims_of(asked.answered_scopes) - asked.answered_claims
    consent = supersede(former, account, request.application, asked, unsaid=unsaid)
    record(Event.CONSENT_GRANTED, by=by, about=about(consent, session))
    return consent


@transaction.atomic
def tell(
    *,
    request: AuthorizationRequest,
    session: Session,
    scopes: Collection[str],
    claims: Collection[str],
    shown: Shown,
    by: Actor,
) -> None:
    """Record what the application gets of the session's owner unasked, and write to them.

    What they agreed to on the same terms stays agreed to, and the address that they chose chosen.
    Changes nothing where it got that already by another tab, or where they have blocked it, ended
    an agreement with it or lost the address that they chose for it, perhaps a moment ago.
    """
    account, application = locked(session.account), request.application
    if queries.is_blocked(account, application) or queries.was_stopped(account, application):
        return
    former = queries.current(account, application)
    gaps = queries.why_not(former, scopes=scopes, claims=claims, shown=shown)
    # Which address comes in the place of the one that was chosen is not ours to say.
    if not gaps or Coverage.ADDRESS_GONE in gaps:
        return
    known, stays = queries.agreed(former), queries.still_agreed(former, shown)
    asked = Agreed(
        frozenset(scopes) - stays.scopes,
        frozenset(claims) - stays.claims,
        timezone.now() + settings.CONSENT_LIFETIME,
        mailbox=known.mailbox if known else MAIN,
        shown=shown,
    )
    unsaid, kind = queries.claims_of(scopes).difference(claims), Consent.Kind.TOLD
    consent = supersede(former, account, application, asked, unsaid=unsaid, kind=kind)
    record(Event.CONSENT_TOLD, by=by, about=about(consent, session))
    # The main safe address alone. It names no service: others may read it.
    for row in addresses_to_tell(account)[:1]:
        template, language = OutboundMessage.Template.SHARING_TOLD, account.language
        queue(template=template, address=row.address, language=language, account=account)


@transaction.atomic
def choose(
    *,
    account: Account,
    application: Application,
    optional: Details,
    chosen: Details,
    terms: Mapping[str, int],
    by: Actor,
) -> None:
    """Change what the account's owner shares by choice; nothing else, and for no longer.

    What the application holds already gets less from the next use on. `chosen` is a part of
    `optional`; `terms` are the versions that the page told of those scopes.
    """
    former = queries.current(locked(account), application)
    before = queries.agreed(former)
    if former is None or before is None:
        return
    new = chosen_anew(before, optional=optional, chosen=chosen, terms=terms)
    if new != before:
        consent = write(former, account, application, new, kind=Consent.Kind.CHANGED)
        record(Event.CONSENT_CHANGED, by=by, about=about(consent, None))


@transaction.atomic
def share_address(
    *, account: Account, application: Application, email: int | None, by: Actor
) -> None:
    """Share another of the account's addresses with the application from the next use on.

    `email` is its row, None for the main one; all else stays, and for no longer.
    """
    former = queries.current(locked(account), application)
    before = queries.agreed(former)
    if former is None or before is None:
        return
    new = with_address(before, _mailbox(email, account))
    if new != before:
        consent = write(former, account, application, new, kind=Consent.Kind.CHANGED)
        record(Event.CONSENT_CHANGED, by=by, about=about(consent, None))


@transaction.atomic
def refuse(*, request: AuthorizationRequest, session: Session, by: Actor) -> None:
    """Record that the session's owner shares nothing; what was agreed before stays."""
    about = About(
        account_id=session.account_id,
        session_id=session.pk,
        organisation_id=request.application.organisation_id,
        application_id=request.application.client_id,
    )
    record(Event.CONSENT_REFUSED, by=by, about=about)


@transaction.atomic
def withdraw(*, account: Account, application: Application, by: Actor) -> None:
    """End the agreement and all that the application holds of the account, and tell it so."""
    consent = queries.current(locked(account), application)
    if consent is None:
        return
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    record(Event.CONSENT_WITHDRAWN, by=by, about=about(consent, None))
    _sign_out(account, application)
    news.consent_withdrawn(account=account, application=application)
    tokens.end_for_account_and_application(
        account=account, application=application, reason="consent_withdrawn", by=by
    )


@transaction.atomic
def have_stopped(*, account: Account, application: Application, by: Actor) -> None:
    """Have a made-up person be one who shared all of it with the application and stopped.

    Nothing changes where they ever agreed; a real person's agreements are made by nobody else.
    """
    known = Consent.objects.filter(account=account, application=application)
    if not account.is_known_to(application.test_group) or not account.is_test or known.exists():
        return
    now, terms = timezone.now(), dict(application.scopes.values_list("scope", "version"))
    consent = Consent.objects.create(
        account=account,
        application=application,
        scopes=sorted(terms),
        claims=sorted({claim for scope in terms for claim in SCOPES[scope].claims}),
        terms=terms,
        application_name=application.name,
        organisation_name=application.organisation.name,
        granted_at=now,
        expires_at=now + settings.CONSENT_LIFETIME,
        withdrawn_at=now,
    )
    record(Event.CONSENT_WITHDRAWN, by=by, about=about(consent, None))


def _sign_out(account: Account, application: Application) -> None:
    """End the application's part in every session: of what these do later it hears nothing."""
    parts = Q(
        session__account=account,
        session__ended_at=None,
        application=application,
        signed_out_at=None,
    )
    deliveries.queue_logout(which=parts)
    news.sessions_revoked(which=parts)
    Participant.objects.filter(parts).update(signed_out_at=timezone.now())


@transaction.atomic
def end_all(*, account: Account, by: Actor) -> None:
    """End every agreement of an account that closes; its tokens end with it anyhow.

    An account that is opened again shares nothing by itself: each service asks anew.
    """
    rows = Consent.objects.filter(account=account, superseded_at=None, withdrawn_at=None)
    for consent in rows.select_related("application").order_by("pk"):
        consent.withdrawn_at, consent.ended_with_account = timezone.now(), True
        consent.save(update_fields=["withdrawn_at", "ended_with_account"])
        record(Event.CONSENT_WITHDRAWN, by=by, about=about(consent, None))
        news.consent_withdrawn(account=account, application=consent.application)


def _covers(
    former: Consent, scopes: Collection[str], claims: Collection[str], shown: Shown
) -> bool:
    return not queries.why_not(former, scopes=scopes, claims=claims, shown=shown)


def _mailbox(email: int | None, account: Account) -> Mailbox:
    """Return what was chosen as it is with the account locked.

    What was chosen as the main address goes on to be whichever that is. Instead of an address that
    was taken from the account meanwhile none is shared, until another is chosen.
    """
    if email is None:
        return MAIN
    row = EmailAddress.objects.filter(account=account, pk=email).first()
    if row is None:
        return Mailbox(is_chosen=True)
    return MAIN if row.is_primary else Mailbox(row.pk, is_chosen=True)


def _first_answer(request: AuthorizationRequest, session: Session) -> bool:
    rows = AuthorizationRequest.objects.filter(pk=request.pk)
    if rows.filter(consented_at__isnull=False, session=session).exists():
        return False
    # What another session's owner did for this request counts no more.
    rows.exclude(session=session).update(account_confirmed_at=None)
    rows.update(consented_at=timezone.now(), session=session)
    return True
