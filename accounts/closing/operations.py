"""Asking to close an account, closing it, and taking either back.

All lock the account before they read: of a cancelling and the nightly closing, of an opening and
the emptying at once, one goes first and the other finds that it has nothing to do.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import queries, rules
from accounts.closing.rules import Due, Outcome, Refusal
from accounts.freezing.queries import in_force
from accounts.mailbox.operations import note_former_reader
from accounts.models import Account, AccountClosing, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.retention import operations as retention
from accounts.sessions import operations as sessions
from accounts.signals import account_closed, account_locked, account_purged, account_reopened

Reason = AccountClosing.Reason


class NotClosedError(Exception):
    """Nothing was closed; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


class NotReopenedError(NotClosedError):
    """Nothing was opened again."""


@transaction.atomic
def ask_by_owner(*, session: Session, by: Actor) -> Outcome:
    """Let the account close after a waiting time, at the wish of somebody signed in to it.

    Raises:
        NotClosedError: the session has ended, or the account is stopped.
    """
    locked = _locked(session.account)
    if not Session.objects.filter(pk=session.pk, ended_at=None).exists():
        raise NotClosedError(Refusal.SIGNED_OUT)
    return _ask(locked, Reason.RESIDENT, by)


@transaction.atomic
def ask_by_operator(*, account: Account, reason: Reason, case: str, by: Actor) -> Outcome:
    """Let the account close after a waiting time, of which its owner is told.

    Raises:
        NotClosedError: it is closed; or it is suspended, and its owner could undo the closing.
    """
    locked = _unstopped(account, reason)
    outcome = _ask(locked, reason, by, case)
    if outcome is Outcome.ALREADY:
        _restate(locked, reason, by, case)
    return outcome


@transaction.atomic
def close_by_operator(*, account: Account, reason: Reason, case: str, by: Actor) -> None:
    """Close the account at once.

    Raises:
        NotClosedError: as above.
    """
    ask_by_operator(account=account, reason=reason, case=case, by=by)
    _close(_locked(account), by, case)


@transaction.atomic
def close_unused(*, account: Account, by: Actor) -> None:
    """Close at once an account that nobody uses, on the day of which its owner was told.

    The caller has locked it, and found it open and no closing under way.
    """
    now = timezone.now()
    AccountClosing.objects.create(
        account=account, reason=Reason.INACTIVE, asked_at=now, closes_at=now
    )
    _close(account, by, "")


@transaction.atomic
def keep(
    *, account: Account, case: str = "", asked_after: datetime | None = None, by: Actor
) -> Outcome | None:
    """Cancel the closing while it waits; None where none does, or it was asked for earlier."""
    locked = _locked(account)
    closing = queries.waiting(locked)
    if closing is None or (asked_after is not None and closing.asked_at < asked_after):
        return None
    _cancel(closing, locked, by, reason="", case=case)
    return Outcome.KEPT


@transaction.atomic
def wait_anew(*, account: Account) -> datetime | None:
    """Let a closing that waits do so from the beginning, and return its day, None if none waits.

    The caller has locked the account, lets its owner in again, and tells them.
    """
    closing = queries.waiting(account)
    if closing is None:
        return None
    closing.closes_at = timezone.now() + settings.CLOSING_WAIT
    closing.save(update_fields=["closes_at"])
    return closing.closes_at


@transaction.atomic
def come_about(*, closing: AccountClosing, now: datetime, by: Actor) -> Due:
    """Do what is due about a closing at this moment, if it was not cancelled meanwhile."""
    locked = _locked(closing.account)
    found = queries.waiting(locked)
    if found is None or found.pk != closing.pk:
        return Due.NOTHING
    is_frozen = in_force(locked) is not None
    is_suspended = locked.status == Account.Status.SUSPENDED
    due = rules.due(queries.facts_of(found), frozen=is_frozen, suspended=is_suspended, now=now)
    if due is Due.CLOSE:
        _close(locked, by, "")
    if due is Due.CANCEL:
        _cancel(found, locked, by, reason="frozen")
    return due


@transaction.atomic
def reopen(*, account: Account, case: str = "", is_operator: bool = False, by: Actor) -> Account:
    """Give a closed account back to its owner; what ended with it stays ended.

    Raises:
        NotReopenedError: it is open, or closed for good, or not its owner's to open.
    """
    locked = _locked(account)
    closing = queries.of_account(locked)
    if closing is None:
        is_closed = locked.status == Account.Status.CLOSED
        raise NotReopenedError(Refusal.OVER if is_closed else Refusal.NOT_CLOSED)
    refusal = rules.may_reopen(queries.standing_of(closing), is_operator=is_operator)
    if refusal is None and closing.reason == Reason.JOINED:
        refusal = Refusal.OVER
    if refusal is not None:
        raise NotReopenedError(refusal)
    closing.reopened_at = timezone.now()
    closing.save(update_fields=["reopened_at"])
    is_frozen = in_force(locked) is not None
    locked.status = Account.Status.FROZEN if is_frozen else Account.Status.ACTIVE
    locked.save(update_fields=["status"])
    record(Event.ACCOUNT_REOPENED, by=by, about=_about(closing, case))
    if not is_frozen:
        account_reopened.send(Account, account=locked, closing=closing)
    tell(account=locked, news=News.REOPENED)
    return locked


@transaction.atomic
def empty(*, closing: AccountClosing, now: datetime, by: Actor) -> bool:
    """Delete all that is not kept of an account that nobody can have back; say whether it was.

    Its row stays, without a name, and with it the names that services know it by: they are never
    given to anybody else.
    """
    locked = _locked(closing.account)
    row = queries.due_to_empty(now).filter(pk=closing.pk).first()
    if row is None or locked.status != Account.Status.CLOSED:
        return False
    # Heard first: whoever tells services must still find which of them knew the account.
    account_purged.send(Account, account=locked)
    keys = locked.email_addresses.values_list("address_key", flat=True)
    note_former_reader(account=locked, keys=keys)
    retention.empty(account=locked)
    row.purged_at = now
    row.save(update_fields=["purged_at"])
    record(Event.ACCOUNT_PURGED, by=by, about=_about(row, ""))
    return True


def note_joined(*, account: Account) -> None:
    """Note that an account went into another one: it is emptied like others, and never opens."""
    now = timezone.now()
    AccountClosing.objects.filter(account=account, cancelled_at=None, closed_at=None).update(
        cancelled_at=now
    )
    AccountClosing.objects.create(
        account=account,
        reason=Reason.JOINED,
        closes_at=now,
        closed_at=now,
        reopen_until=now + settings.CLOSED_FOR,
    )


def note_left(*, account: Account) -> None:
    """Note that somebody of the staff left: the account is emptied like others, and never opens."""
    now = timezone.now()
    AccountClosing.objects.create(
        account=account,
        reason=Reason.OPERATOR,
        closes_at=now,
        closed_at=now,
        reopen_until=now + settings.CLOSED_FOR,
    )


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _unstopped(account: Account, reason: Reason) -> Account:
    """Return the account, locked; else its owner could end a suspension by opening it again."""
    locked = _locked(account)
    if locked.status == Account.Status.SUSPENDED and reason != Reason.OPERATOR:
        raise NotClosedError(Refusal.SUSPENDED)
    return locked


def _ask(locked: Account, reason: Reason, by: Actor, case: str = "") -> Outcome:
    if locked.status == Account.Status.CLOSED:
        raise NotClosedError(Refusal.CLOSED)
    if queries.waiting(locked) is not None:
        return Outcome.ALREADY
    now = timezone.now()
    closing = AccountClosing.objects.create(
        account=locked, reason=reason, asked_at=now, closes_at=now + settings.CLOSING_WAIT
    )
    record(Event.CLOSING_ASKED, by=by, about=_about(closing, case))
    tell(account=locked, news=News.CLOSING_ASKED, due=closing.closes_at)
    return Outcome.ASKED


def _restate(locked: Account, reason: Reason, by: Actor, case: str) -> None:
    """Let the operator's reason stand: a closing its owner asked for would be theirs to undo."""
    closing = queries.waiting(locked)
    if closing is None or closing.reason == reason:
        return
    closing.reason = reason
    closing.save(update_fields=["reason"])
    record(Event.CLOSING_ASKED, by=by, about=_about(closing, case))


def _close(locked: Account, by: Actor, case: str) -> None:
    closing = queries.waiting(locked)
    if closing is None:
        return
    closing.closed_at = timezone.now()
    closing.reopen_until = closing.closed_at + settings.CLOSED_FOR
    closing.save(update_fields=["closed_at", "reopen_until"])
    locked.status = Account.Status.CLOSED
    locked.save(update_fields=["status"])
    record(Event.ACCOUNT_CLOSED, by=by, about=_about(closing, case))
    sessions.end_all(account=locked, reason=Session.EndReason.ACCOUNT_CLOSED, by=by)
    account_locked.send(Account, account=locked)
    account_closed.send(Account, account=locked, closing=closing)
    tell(account=locked, news=News.CLOSED, due=closing.reopen_until)


def _cancel(
    closing: AccountClosing, locked: Account, by: Actor, *, reason: str, case: str = ""
) -> None:
    closing.cancelled_at = timezone.now()
    closing.save(update_fields=["cancelled_at"])
    about = About(
        account_id=locked.pk,
        object_kind="closing",
        object_id=str(closing.pk),
        reason=reason,
        case_reference=case,
    )
    record(Event.CLOSING_CANCELLED, by=by, about=about)
    tell(account=locked, news=News.CLOSING_CANCELLED)


def _about(closing: AccountClosing, case: str) -> About:
    return About(
        account_id=closing.account_id,
        object_kind="closing",
        object_id=str(closing.pk),
        reason=closing.reason,
        case_reference=case,
    )
