"""Starting and ending sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assurance import Method, Proof, level_of, methods_in
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits import operations as limits
from accounts.limits.table import KNOWN_BROWSER
from accounts.models import Account, Authenticator, KeptForm, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.security import keyed_hash
from accounts.security.browser import BrowserId
from accounts.security.tokens import random_token
from accounts.sessions.queries import COOKIE_PURPOSE
from accounts.sessions.remembered.operations import forget_all
from accounts.signals import credential_changed, session_ended


@dataclass(frozen=True)
class StartedSession:
    """A new session and the only copy of its cookie's value."""

    session: Session
    cookie_value: str


@dataclass(frozen=True)
class Proven:
    """What a new session rests on: the proofs, the first and last one's time, the browser's kind.

    `adds_to_old`: to the session that it replaces, whose times these are, and which must be open.
    """

    proofs: tuple[Proof, ...]
    auth_time: datetime
    signed_in_at: datetime
    started_on: str = ""
    is_shared_device: bool = False
    adds_to_old: bool = False

    @property
    def lifetime(self) -> timedelta:
        """How long the session may last at most; one of the staff ends sooner."""
        shared: timedelta = settings.SHARED_DEVICE_ABSOLUTE
        own: timedelta = settings.SESSION_ABSOLUTE
        return shared if self.is_shared_device else own


class AccountChangedError(Exception):
    """The account was stopped, or a way to sign in changed, after its owner's proof was checked."""


@transaction.atomic
def start(
    *, account: Account, proven: Proven, replaces: Session | None, by: Actor
) -> StartedSession:
    """Sign the account in: always a new row, a new id and a new cookie.

    The session that this browser had before ends. If it was the same account's, whatever hangs on
    it may move to the new one (`successor` in the signal); if it was somebody else's, it is over.

    Raises:
        AccountChangedError: the proof that led here counts no more.
    """
    _lock_unchanged(account, proven)
    started = _create(
        account=account,
        proofs=[proof.as_json() for proof in proven.proofs],
        auth_time=proven.auth_time,
        signed_in_at=proven.signed_in_at,
        started_on=proven.started_on,
        is_shared_device=proven.is_shared_device,
        expires_at=proven.auth_time + _lifetime(account, proven),
    )
    if replaces is not None:
        successor = started.session if replaces.account_id == account.pk else None
        old = Session.objects.filter(pk=replaces.pk)
        if not _end(old, Session.EndReason.REPLACED, by, successor) and proven.adds_to_old:
            raise AccountChangedError
    adds_to = replaces if proven.adds_to_old else None
    _record_start(started.session, adds_to=adds_to, by=by)
    return started


@transaction.atomic
def strengthen(*, session: Session, proof: Proof, by: Actor) -> StartedSession:
    """Add a proof to what a session rests on: a new row, id and cookie, but no longer life.

    `auth_time` and `signed_in_at` stay: whoever asks for a fresh sign-in means all of it.

    Raises:
        AccountChangedError: the account was stopped meanwhile, or the session has ended.
    """
    proven = Proven((proof,), session.auth_time, session.signed_in_at)
    _lock_unchanged(session.account, proven)
    started = _create(
        account=session.account,
        proofs=[*session.proofs, proof.as_json()],
        auth_time=session.auth_time,
        signed_in_at=session.signed_in_at,
        started_on=session.started_on,
        is_shared_device=session.is_shared_device,
        expires_at=session.expires_at,
    )
    old = Session.objects.filter(pk=session.pk)
    # Asked by ending it: a look before could miss an owner who ends it elsewhere just now.
    if not _end(old, Session.EndReason.REPLACED, by, started.session):
        raise AccountChangedError
    _record_start(started.session, adds_to=session, by=by)
    return started


@transaction.atomic
def end(*, session: Session, reason: Session.EndReason, by: Actor) -> None:
    """End one session; ending it twice changes and tells nothing."""
    _end(Session.objects.filter(pk=session.pk), reason, by, None)


@transaction.atomic
def sign_out(*, session: Session, browser: BrowserId, by: Actor) -> None:
    """End the session at its owner's wish, and forget that the owner uses this browser.

    The browser's own tries at a second step (OWN_BROWSER) stay: they are what lets whoever always
    signs out in while a stranger uses up the others. Somebody else in that browser must know the
    password too, and gains 20 tries a day (`accounts/limits/README.md`); a shared device has none.
    """
    end(session=session, reason=Session.EndReason.SIGNED_OUT, by=by)
    limits.forget(KNOWN_BROWSER, session.account.sign_in_key, browser.hash)


@transaction.atomic
def end_all(
    *, account: Account, reason: Session.EndReason, by: Actor, keep: Session | None = None
) -> int:
    """End the account's sessions everywhere but `keep`, and return how many were open.

    No browser stays one that is spared the second step.
    """
    forget_all(account=account, reason=reason, by=by)
    sessions = Session.objects.filter(account=account)
    if keep is not None:
        sessions = sessions.exclude(pk=keep.pk)
    return _end(sessions, reason, by, None)


@transaction.atomic
def forget_proof(*, session: Session, authenticator: UUID, by: Actor) -> None:
    """Let the session rest no longer on what its owner removed; without any proof it ends."""
    left = [proof for proof in session.proofs if proof.get("authenticator") != str(authenticator)]
    if not left:
        end(session=session, reason=Session.EndReason.WAY_REMOVED, by=by)
        return
    session.proofs, session.level = left, level_of(methods_in(left))
    session.save(update_fields=["proofs", "level"])


@transaction.atomic
def end_elsewhere(*, here: Session, session: UUID, by: Actor) -> None:
    """End another session of the same account; one that is not there ends nothing."""
    others = Session.objects.filter(pk=session, account=here.account_id).exclude(pk=here.pk)
    _end(others, Session.EndReason.ENDED_BY_OWNER, by, None)


@transaction.atomic
def end_everything(*, account: Account, by: Actor) -> None:
    """Sign the account out everywhere at its owner's wish, services' lasting access too."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    ended = end_all(account=locked, reason=Session.EndReason.ENDED_BY_OWNER, by=by)
    credential_changed.send(Account, account=locked, kept_session=None, offline_ends=True)
    about = About(account_id=locked.pk, detail={"sessions": ended})
    record(Event.SESSIONS_ENDED, by=by, about=about)
    tell(account=locked, news=News.EVERYTHING_ENDED)


def seen(session: Session, now: datetime) -> None:
    """Note that the session is in use; not a fact for the audit log."""
    Session.objects.filter(pk=session.pk, ended_at=None).update(last_seen_at=now)
    session.last_seen_at = now


def _create(**columns: Any) -> StartedSession:
    cookie_value = random_token()
    session = Session.objects.create(
        cookie_hash=keyed_hash.digest(COOKIE_PURPOSE, cookie_value),
        level=level_of(methods_in(columns["proofs"])),
        last_seen_at=timezone.now(),
        **columns,
    )
    return StartedSession(session, cookie_value)


def _lifetime(account: Account, proven: Proven) -> timedelta:
    of_staff: timedelta = settings.STAFF_ABSOLUTE
    return min(of_staff, proven.lifetime) if account.is_staff else proven.lifetime


def _record_start(session: Session, *, adds_to: Session | None, by: Actor) -> None:
    about = About(
        account_id=session.account_id,
        session_id=session.pk,
        reason=session.proofs[-1]["method"],
        object_kind="session",
        # Of a session that only adds to another: no sign-in of its own.
        object_id=str(adds_to.pk) if adds_to is not None else "",
        detail={"level": session.level, "shared_device": session.is_shared_device},
    )
    record(Event.SESSION_STARTED, by=by, about=about)


def _lock_unchanged(account: Account, proven: Proven) -> None:
    # Whatever stops an account or changes its ways to sign in locks it before it ends its
    # sessions: this one is either there to be ended, or is not made.
    fresh = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not fresh.is_active or fresh.password_changed_at != account.password_changed_at:
        raise AccountChangedError
    used = {proof.authenticator for proof in proven.proofs if proof.authenticator}
    still = Authenticator.objects.filter(account=account, pk__in=used, suspect_since=None)
    if used and still.count() != len(used):
        raise AccountChangedError
    with_password = any(proof.method is Method.PASSWORD for proof in proven.proofs)
    if with_password and fresh.password_suspect_since is not None:
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
    if successor is None:
        # What was typed waits for the same person's next sign-in, not beyond an end on purpose.
        KeptForm.objects.filter(account__in=owners.values()).delete()
    for session_id, account_id in owners.items():
        about = About(
            account_id=account_id, session_id=session_id, reason=reason, object_kind="session"
        )
        record(Event.SESSION_ENDED, by=by, about=about)
    session_ended.send(sender=Session, sessions=list(owners), reason=reason, successor=successor)
    return len(owners)
