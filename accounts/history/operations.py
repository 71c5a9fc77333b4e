"""What "this wasn't me" does: everybody out, and what was changed since opens nothing."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import operations as closing
from accounts.history import queries, rules
from accounts.history.queries import BY_MAIL, Changed
from accounts.history.rules import Outcome
from accounts.mfa.operations import record_way
from accounts.mfa.rules import Standing, standing
from accounts.models import Account, AuditEvent, Authenticator, OutboundMessage, Session
from accounts.notices.catalogue import SAFETY_LINK, Template
from accounts.notices.news import Item, News
from accounts.notices.operations import tell
from accounts.notices.queries import lock_link
from accounts.notices.rules import LinkState
from accounts.sessions import operations as sessions
from accounts.signals import authenticator_changed, credential_changed

_OWNER = "owner"


@transaction.atomic
def not_me_by_owner(*, session: Session, event: AuditEvent, by: Actor) -> Outcome:
    """Take back what whoever did this may have changed, at the wish of somebody signed in.

    Ways are set aside only by somebody who may change them, and only if that leaves a way in. The
    session ends like all others: whose it is shows at the next sign-in.
    """
    account = _locked(session.account)
    changed = queries.changed_since(account, event.at - rules.BEFORE_THE_EVENT)
    if not may_set_aside(session, changed):
        changed = Changed([], password=False)
    _set_aside(account, changed, by)
    closing.keep(account=account, asked_after=event.at - rules.BEFORE_THE_EVENT, by=by)
    _end_all(account, by)
    outcome = Outcome.SET_ASIDE if changed.methods else Outcome.ENDED
    _record(account, _OWNER, "", outcome, by)
    return outcome


@transaction.atomic
def not_me_by_mail(*, token: str, by: Actor) -> Outcome:
    """Do the same by a mailed link, once; it lets nobody in and leaves nothing easier to get into.

    Whoever reads the mailbox is not known to be the owner: a second such link within a month signs
    everybody out and leaves the rest to people.
    """
    found = lock_link(SAFETY_LINK, token)
    message = found.message
    if found.state is not LinkState.GOOD or message is None or message.account is None:
        return Outcome.LINK_DEAD
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])
    account = _locked(message.account)
    changed = queries.changed_since(account, _since(message, account))
    last = queries.last_said_by(account, message.address_key)
    is_new = bool(changed.methods or changed.addresses)
    outcome = Outcome.SET_ASIDE if is_new else Outcome.ENDED
    if is_new and not rules.may_set_aside_by_mail(last, now=timezone.now()):
        outcome = Outcome.CHECK
    if outcome is Outcome.SET_ASIDE:
        _set_aside(account, changed, by)
        _silence(account, changed, by)
    closing.keep(account=account, asked_after=_since(message, account), by=by)
    _end_all(account, by)
    _record(account, BY_MAIL, queries.mailbox_id(account, message.address_key), outcome, by)
    return outcome


def may_set_aside(session: Session, changed: Changed) -> bool:
    """Say whether the session may make these ways open nothing."""
    presence = queries.presence(session, changed)
    is_safe = rules.leaves_a_way_in(presence.available, presence.set_aside)
    stands = standing(presence, now=timezone.now(), fresh_for=settings.FRESH_SIGN_IN)
    return bool(changed.methods) and is_safe and stands is Standing.FRESH


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _since(message: OutboundMessage, account: Account) -> datetime:
    if message.template == Template.ACCOUNT_CREATED:
        # What the account was made with is all that it has: without it, nobody would get in.
        return account.created_at + rules.BEFORE_THE_EVENT
    first = min(Item.from_json(kept).at for kept in message.news)
    return first - rules.BEFORE_THE_EVENT


def _set_aside(account: Account, changed: Changed, by: Actor) -> None:
    now = timezone.now()
    ids = [way.pk for way in changed.ways]
    Authenticator.objects.filter(pk__in=ids).update(suspect_since=now)
    for way in changed.ways:
        record_way(Event.AUTHENTICATOR_SET_ASIDE, way, by=by)
    if changed.password:
        account.password_suspect_since = now
        account.save(update_fields=["password_suspect_since"])
        about = About(account_id=account.pk, object_kind="password")
        record(Event.PASSWORD_SET_ASIDE, by=by, about=about)
        authenticator_changed.send(Account, account=account, kind="password", change="set_aside")


def _silence(account: Account, changed: Changed, by: Actor) -> None:
    """Let new addresses get nobody back in: a thief who is signed out would ask for a link there.

    By mail alone: an owner who is signed in removes them, and a thief who is must not do this.
    """
    for row in changed.addresses:
        row.unsafe_since = timezone.now()
        row.save(update_fields=["unsafe_since"])
        about = About(
            account_id=account.pk, object_kind="email", object_id=str(row.pk), reason=BY_MAIL
        )
        record(Event.CHANNEL_MARKED_UNSAFE, by=by, about=about)
    if changed.addresses:
        tell(account=account, news=News.CHANNEL_MARKED_UNSAFE, detail="email")


def _end_all(account: Account, by: Actor) -> None:
    sessions.end_all(account=account, reason=Session.EndReason.NOT_ME, by=by)
    credential_changed.send(Account, account=account, kept_session=None, offline_ends=True)


def _record(account: Account, via: str, mailbox: str, outcome: Outcome, by: Actor) -> None:
    is_aside = outcome is Outcome.SET_ASIDE
    about = About(
        account_id=account.pk,
        object_kind="email_address" if mailbox else "",
        object_id=mailbox,
        reason=via,
        detail={"set_aside": is_aside},
    )
    record(Event.NOT_ME_SAID, by=by, about=about)
    tell(account=account, news=News.WAYS_SET_ASIDE if is_aside else News.EVERYTHING_ENDED)
