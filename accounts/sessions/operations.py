"""Starting and ending sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assurance import Method
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits import operations as limits
from accounts.limits.table import KNOWN_BROWSER
from accounts.models import Account, Session
from accounts.security import keyed_hash
from accounts.security.browser import BrowserId
from accounts.security.tokens import random_token
from accounts.sessions.queries import COOKIE_PURPOSE
from accounts.sessions.rules import level_of
from accounts.signals import session_ended


@dataclass(frozen=True)
class StartedSession:
    """A new session and the only copy of its cookie's value."""

    session: Session
    cookie_value: str


class AccountChangedError(Exception):
    """The account was suspended, or its password changed, after its owner's proof was checked."""


@transaction.atomic
def start(
    *, account: Account, method: Method, replaces: Session | None, by: Actor
) -> StartedSession:
    """Sign the account in: always a new row, a new id and a new cookie.

    The session that this browser had before ends. If it was the same account's, whatever hangs on
    it may move to the new one (`successor` in the signal); if it was somebody else's, it is over.

    Raises:
        AccountChangedError: the proof that led here counts no more.
    """
    _lock_unchanged(account)
    now = timezone.now()
    cookie_value = random_token()
    session = Session.objects.create(
        account=account,
        cookie_hash=keyed_hash.digest(COOKIE_PURPOSE, cookie_value),
        proofs=[{"method": method, "at": int(now.timestamp())}],
        level=level_of([method]),
        auth_time=now,
        last_seen_at=now,
        expires_at=now + settings.SESSION_ABSOLUTE,
    )
    if replaces is not None:
        successor = session if replaces.account_id == account.pk else None
        _end(Session.objects.filter(pk=replaces.pk), Session.EndReason.REPLACED, by, successor)
    about = About(
        account_id=account.pk, session_id=session.pk, reason=method, object_kind="session"
    )
    record(Event.SESSION_STARTED, by=by, about=about)
    return StartedSession(session, cookie_value)


@transaction.atomic
def end(*, session: Session, reason: Session.EndReason, by: Actor) -> None:
    """End one session; ending it twice changes and tells nothing."""
    _end(Session.objects.filter(pk=session.pk), reason, by, None)


@transaction.atomic
def sign_out(*, session: Session, browser: BrowserId, by: Actor) -> None:
    """End the session at its owner's wish, and forget that the owner uses this browser."""
    end(session=session, reason=Session.EndReason.SIGNED_OUT, by=by)
    limits.forget(KNOWN_BROWSER, session.account.sign_in_key, browser.hash)


@transaction.atomic
def end_all(
    *, account: Account, reason: Session.EndReason, by: Actor, keep: Session | None = None
) -> int:
    """End the account's sessions everywhere but `keep`, and return how many were open."""
    sessions = Session.objects.filter(account=account)
    if keep is not None:
        sessions = sessions.exclude(pk=keep.pk)
    return _end(sessions, reason, by, None)


def seen(session: Session, now: datetime) -> None:
    """Note that the session is in use; not a fact for the audit log."""
    Session.objects.filter(pk=session.pk, ended_at=None).update(last_seen_at=now)
    session.last_seen_at = now


def _lock_unchanged(account: Account) -> None:
    # Suspension and reset lock the account before they end its sessions: this one is either there
    # to be ended, or is not made.
    fresh = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not fresh.is_active or fresh.password_changed_at != account.password_changed_at:
        raise AccountChangedError


def _end(
    sessions: QuerySet[Session],
    reason: Session.EndReason,
    by: Actor,
    successor: Session | None,
) -> int:
    # Locked first: of two requests that end a session at once, one alone tells of it.
    ending = sessions.filter(ended_at=None).select_for_update(no_key=True).order_by("pk")
    owners: dict[UUID, UUID] = dict(ending.values_list("pk", "account_id"))
    if not owners:
        return 0
    Session.objects.filter(pk__in=owners).update(ended_at=timezone.now(), end_reason=reason)
    for session_id, account_id in owners.items():
        about = About(
            account_id=account_id, session_id=session_id, reason=reason, object_kind="session"
        )
        record(Event.SESSION_ENDED, by=by, about=about)
    session_ended.send(sender=Session, sessions=list(owners), reason=reason, successor=successor)
    return len(owners)
