"""Removing a way to sign in, with all that ends by it."""

from uuid import UUID

from django.db import transaction

from accounts.assurance import authenticators_in
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import BY_ITSELF, About
from accounts.mfa.operations import lock, record_way
from accounts.mfa.queries import Kind, methods_of, young
from accounts.mfa.rules import Removal, keeps_recovery_codes, removal
from accounts.models import Account, Authenticator, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.sessions.remembered import operations as remembered
from accounts.signals import credential_changed

_NEVER_ALONE = (Kind.RECOVERY_CODES, Kind.TEXT_MESSAGE)


def may_go(session: Session, way: Authenticator) -> Removal:
    """Return whether the session's owner may remove the way now."""
    account = session.account
    new_ones = young(account) & authenticators_in(session.proofs)
    return removal(left=methods_of(account, without=way), by_new_way=bool(new_ones - {way.pk}))


@transaction.atomic
def remove(*, session: Session, way_id: UUID, by: Actor) -> Removal:
    """Remove a way to sign in, if that is allowed; every other session ends.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    account = lock(session)
    way = Authenticator.objects.filter(account=account, pk=way_id).first()
    if way is None:
        return Removal.GONE
    outcome = may_go(session, way)
    if outcome is not Removal.REMOVED:
        return outcome
    reason = Session.EndReason.WAY_REMOVED
    sessions.end_all(account=account, reason=reason, keep=session, by=by)
    remembered.forget_all(account=account, reason=reason, by=by)
    discard(way, session=session, by=by)
    _discard_lonely(account, session, by)
    tell(account=account, news=News.WAY_REMOVED, detail=way.kind)
    credential_changed.send(
        sender=Account, account=account, kept_session=session, offline_ends=False
    )
    return outcome


@transaction.atomic
def take_back(*, account: Account, way_id: UUID, by: Actor, within: About = BY_ITSELF) -> Removal:
    """Remove a security key that the council lent and has back; every session ends.

    A key of the owner's own is as good as none here. `within`: the help session, if it is in one.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    keys = Authenticator.objects.filter(account=locked, kind=Kind.SECURITY_KEY)
    way = keys.filter(pk=way_id, lent_by_council=True).first()
    if way is None:
        return Removal.GONE
    outcome = removal(left=methods_of(locked, without=way), by_new_way=False)
    if outcome is not Removal.REMOVED:
        return outcome
    sessions.end_all(account=locked, reason=Session.EndReason.WAY_REMOVED, by=by)
    discard(way, session=None, by=by, reason="taken_back", within=within)
    _discard_lonely(locked, None, by)
    tell(account=locked, news=News.LENT_KEY_TAKEN_BACK)
    credential_changed.send(sender=Account, account=locked, kept_session=None, offline_ends=False)
    return outcome


def discard(
    way: Authenticator,
    *,
    session: Session | None,
    by: Actor,
    reason: str = "",
    within: About = BY_ITSELF,
) -> None:
    """Delete a way, and what the session rests on of it; call it under the account's lock."""
    record_way(Event.AUTHENTICATOR_REMOVED, way, by=by, reason=reason, within=within)
    if session is not None:
        sessions.forget_proof(session=session, authenticator=way.pk, by=by)
    # The row is wanted for its id afterwards.
    Authenticator.objects.filter(pk=way.pk).delete()


def _discard_lonely(account: Account, session: Session | None, by: Actor) -> None:
    if keeps_recovery_codes(methods_of(account)):
        return
    lonely = Authenticator.objects.filter(account=account, kind__in=_NEVER_ALONE)
    for way in lonely:
        discard(way, session=session, by=by, reason="alone")
