"""Adding, naming and keeping ways to sign in."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Level, Proof, authenticators_in, lasting_level_of
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import BY_ITSELF, About, record
from accounts.mfa.queries import METHOD_OF, Kind, methods_of, young
from accounts.mfa.rules import Lending, lending
from accounts.models import Account, Authenticator, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions.operations import AccountChangedError, StartedSession, strengthen
from accounts.signals import authenticator_changed

# What becomes of a way is news to whoever relies on it; what its owner calls it is not.
_CHANGES: Final = {
    Event.AUTHENTICATOR_ADDED: "added",
    Event.AUTHENTICATOR_KEPT: "changed",
    Event.AUTHENTICATOR_REMOVED: "removed",
    Event.AUTHENTICATOR_SET_ASIDE: "set_aside",
}


@transaction.atomic
def add(*, session: Session, kind: Kind, label: str = "", by: Actor) -> Authenticator:
    """Give the session's account one more way to sign in; its kind's own row is the caller's.

    Raises:
        AccountChangedError: the session has ended meanwhile, as by a changed password.
    """
    account = lock(session)
    methods = methods_of(account)
    way = Authenticator.objects.create(
        account=account,
        kind=kind,
        label=label,
        # What was added by it is as new as it is.
        added_at_one_factor=lasting_level_of(methods) == Level.ONE_FACTOR
        or bool(young(account) & authenticators_in(session.proofs)),
    )
    record_way(Event.AUTHENTICATOR_ADDED, way, by=by)
    tell(account=account, news=News.WAY_ADDED, detail=kind)
    return way


def proved(*, session: Session, way: Authenticator, by: Actor) -> StartedSession:
    """Let the session rest also on a way that its owner has just shown to have."""
    proof = Proof(METHOD_OF[Kind(way.kind)], timezone.now(), way.pk)
    Authenticator.objects.filter(pk=way.pk).update(last_used_at=proof.at)
    return strengthen(session=session, proof=proof, by=by)


@transaction.atomic
def rename(*, account: Account, way_id: UUID, label: str, by: Actor) -> None:
    """Let the owner call a way to sign in something else."""
    way = Authenticator.objects.filter(account=account, pk=way_id).first()
    if way is not None and way.label != label:
        way.label = label
        way.save(update_fields=["label"])
        record_way(Event.AUTHENTICATOR_RENAMED, way, by=by)


@transaction.atomic
def keep(*, session: Session, way_id: UUID, by: Actor) -> None:
    """Let a way work again that was set aside when its owner said "this wasn't me".

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    account = lock(session)
    way = Authenticator.objects.filter(account=account, pk=way_id).first()
    if way is None or way.suspect_since is None:
        return
    way.suspect_since = None
    way.save(update_fields=["suspect_since"])
    record_way(Event.AUTHENTICATOR_KEPT, way, by=by)
    tell(account=account, news=News.WAY_KEPT, detail=way.kind)


@transaction.atomic
def lend(*, account: Account, way_id: UUID, by: Actor, within: About = BY_ITSELF) -> Lending:
    """Note that a security key, which the owner added just now, is the council's; tell the owner.

    `within`: the help session that it is part of, whose case the event names.
    """
    keys = Authenticator.objects.select_for_update(no_key=True)
    way = keys.filter(account=account, kind=Kind.SECURITY_KEY, pk=way_id).first()
    if way is None or way.lent_by_council:
        return Lending.GONE if way is None else Lending.LENT
    outcome = lending(added_at=way.created_at, now=timezone.now())
    if outcome is Lending.TOO_OLD:
        record_way(Event.AUTHENTICATOR_NOT_LENT, way, by=by, reason=outcome, within=within)
        return outcome
    way.lent_by_council = True
    way.save(update_fields=["lent_by_council"])
    record_way(Event.AUTHENTICATOR_LENT, way, by=by, within=within)
    tell(account=account, news=News.KEY_LENT)
    return outcome


def lock(session: Session) -> Account:
    """Lock the session's account for a change of who gets in, if the session still stands.

    Raises:
        AccountChangedError: it has ended, or the account was stopped.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=session.account_id)
    if not account.is_active or not Session.objects.filter(pk=session.pk, ended_at=None).exists():
        raise AccountChangedError
    return account


def record_way(
    event: Event,
    way: Authenticator,
    *,
    by: Actor,
    reason: str = "",
    within: About = BY_ITSELF,
) -> None:
    """Record what became of a way to sign in, and send word of it."""
    about = About(
        account_id=way.account_id,
        object_kind=way.kind,
        object_id=str(way.pk),
        reason=reason,
        detail=within.detail,
        case_reference=within.case_reference,
    )
    record(event, by=by, about=about)
    if event in _CHANGES:
        authenticator_changed.send(
            Account, account=way.account, kind=way.kind, change=_CHANGES[event]
        )
