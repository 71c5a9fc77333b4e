"""Freezing an account and unfreezing it."""

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Method, methods_in
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing import queries, rules
from accounts.freezing.rules import Freezing, Unfreezing
from accounts.mfa.queries import methods_of
from accounts.models import Account, Freeze, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.signals import account_locked, account_unlocked

_NOTHING: frozenset[Method] = frozenset()


@transaction.atomic
def freeze_by_owner(*, session: Session, by: Actor) -> Freezing:
    """Stop the account at the wish of somebody signed in to it; signs them out as well."""
    locked = _locked(session.account)
    return _freeze(locked, Freeze(by=Freeze.By.SESSION), methods_in(session.proofs), by)


@transaction.atomic
def freeze_by_mail(*, account: Account, mailbox_key: str, by: Actor) -> Freezing:
    """Stop the account by a mailed link; soon after an unfreeze that is for people to look into."""
    locked = _locked(account)
    last = queries.last_unfrozen_after(locked, mailbox_key)
    if not rules.may_freeze_by_mail(last, now=timezone.now()):
        _refer(locked, by)
        return Freezing.CHECK
    return _freeze(locked, Freeze(by=Freeze.By.MAIL, mailbox_key=mailbox_key), _NOTHING, by)


@transaction.atomic
def freeze_by_operator(*, account: Account, by: Actor) -> Freezing:
    """Stop the account for an owner who cannot do it, as on the phone."""
    return _freeze(_locked(account), Freeze(by=Freeze.By.OPERATOR), _NOTHING, by)


@transaction.atomic
def unfreeze(*, account: Account, proved: frozenset[Method], by: Actor) -> Unfreezing:
    """Take the stop off for whoever proved enough just now; signs nobody in."""
    locked = _locked(account)
    freeze = queries.in_force(locked)
    if freeze is None:
        return Unfreezing.NOT_FROZEN
    outcome = rules.may_unfreeze(queries.wish(locked, freeze, proved), now=timezone.now())
    if outcome is Unfreezing.DONE:
        _end(locked, freeze, "by_owner", by)
    return outcome


@transaction.atomic
def unfreeze_by_operator(*, account: Account, by: Actor) -> Unfreezing:
    """Take the stop off for an owner who showed who they are at a counter."""
    locked = _locked(account)
    freeze = queries.in_force(locked)
    if freeze is None:
        return Unfreezing.NOT_FROZEN
    _end(locked, freeze, "by_operator", by)
    return Unfreezing.DONE


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _refer(locked: Account, by: Actor) -> None:
    """Leave it to people, and tell the owner; once a day, however often the link is used."""
    if queries.is_referred_since(locked, timezone.now() - rules.REFERRED_AGAIN_AFTER):
        return
    about = About(account_id=locked.pk, object_kind="mailbox", reason=Freezing.CHECK)
    record(Event.FREEZE_REFERRED, by=by, about=about)
    tell(account=locked, news=News.FREEZE_REFERRED)


def _freeze(locked: Account, freeze: Freeze, shown: frozenset[Method], by: Actor) -> Freezing:
    if locked.status == Account.Status.CLOSED:
        return Freezing.CLOSED
    if queries.in_force(locked) is not None:
        return Freezing.ALREADY
    freeze.account = locked
    freeze.level = rules.least_level(shown, methods_of(locked))
    freeze.save()
    # A suspended account stays so; it is frozen once it is reinstated.
    if locked.status == Account.Status.ACTIVE:
        _set_status(locked, Account.Status.FROZEN)
    about = About(account_id=locked.pk, reason=freeze.by, detail={"level": freeze.level})
    record(Event.ACCOUNT_FROZEN, by=by, about=about)
    sessions.end_all(account=locked, reason=Session.EndReason.FROZEN, by=by)
    account_locked.send(Account, account=locked)
    tell(account=locked, news=News.FROZEN)
    return Freezing.FROZEN


def _end(locked: Account, freeze: Freeze, how: str, by: Actor) -> None:
    freeze.ended_at = timezone.now()
    freeze.ended_how = how
    freeze.save(update_fields=["ended_at", "ended_how"])
    if locked.status == Account.Status.FROZEN:
        _set_status(locked, Account.Status.ACTIVE)
        account_unlocked.send(Account, account=locked)
    record(Event.ACCOUNT_UNFROZEN, by=by, about=About(account_id=locked.pk, reason=how))
    tell(account=locked, news=News.UNFROZEN)


def _set_status(account: Account, status: Account.Status) -> None:
    account.status = status
    account.save(update_fields=["status"])
