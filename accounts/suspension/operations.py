"""Writes that stop an account."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import operations as closings
from accounts.freezing.queries import in_force
from accounts.models import Account, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.signals import account_locked, account_unlocked, credential_changed
from accounts.suspension.deaths.queries import in_force as in_force_of_death


class AccountClosedError(Exception):
    """The account is closed: it can be neither suspended nor reinstated."""


class HeldAfterDeathError(AccountClosedError):
    """Its owner is said to have died: that is undone (`deaths`), not reinstated."""


@transaction.atomic
def suspend(*, account: Account, by: Actor) -> Account:
    """Let nothing act for the account until it is reinstated; sessions and tokens end for good.

    Raises:
        AccountClosedError: it is closed.
    """
    locked = _locked(account)
    if locked.status == Account.Status.SUSPENDED:
        _note_beside_death(locked, suspended=True, event=Event.ACCOUNT_SUSPENDED, by=by)
        return locked
    _set_status(locked, Account.Status.SUSPENDED)
    record(Event.ACCOUNT_SUSPENDED, by=by, about=About(account_id=locked.pk))
    sessions.end_all(account=locked, reason=Session.EndReason.ACCOUNT_SUSPENDED, by=by)
    account_locked.send(Account, account=locked)
    tell(account=locked, news=News.SUSPENDED)
    return locked


@transaction.atomic
def reinstate(*, account: Account, by: Actor) -> Account:
    """Let the account's owner sign in again; what its owner froze stays frozen.

    A closing that waits does so from the beginning, and its owner is told until when: nobody could
    take it back meanwhile.

    Raises:
        AccountClosedError: it is closed.
        HeldAfterDeathError: it is held because of a death alone.
    """
    locked = _locked(account)
    if locked.status != Account.Status.SUSPENDED:
        return locked
    if in_force_of_death(locked) is not None:
        if not _note_beside_death(locked, suspended=False, event=Event.ACCOUNT_REINSTATED, by=by):
            raise HeldAfterDeathError
        return locked
    is_frozen = in_force(locked) is not None
    _set_status(locked, Account.Status.FROZEN if is_frozen else Account.Status.ACTIVE)
    record(Event.ACCOUNT_REINSTATED, by=by, about=About(account_id=locked.pk))
    if not is_frozen:
        account_unlocked.send(Account, account=locked)
    tell(account=locked, news=News.REINSTATED, due=closings.wait_anew(account=locked))
    return locked


@transaction.atomic
def end_everything(*, account: Account, by: Actor) -> int:
    """Sign the account out everywhere, services' lasting access too; return its open sessions."""
    # Locked first: a session that just starts is there to be ended, or starts after it.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    reason = Session.EndReason.ENDED_BY_OPERATOR
    ended = sessions.end_all(account=account, reason=reason, by=by)
    credential_changed.send(Account, account=account, kept_session=None, offline_ends=True)
    about = About(account_id=account.pk, detail={"sessions": ended})
    record(Event.SESSIONS_ENDED, by=by, about=about)
    tell(account=account, news=News.EVERYTHING_ENDED)
    return ended


def _note_beside_death(locked: Account, *, suspended: bool, event: Event, by: Actor) -> bool:
    """Note what holds when the note of a death is undone; say whether that is something else."""
    row = in_force_of_death(locked)
    if row is None or row.was_suspended == suspended:
        return False
    row.was_suspended = suspended
    row.save(update_fields=["was_suspended"])
    record(event, by=by, about=About(account_id=locked.pk))
    return True


def _locked(account: Account) -> Account:
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.status == Account.Status.CLOSED:
        raise AccountClosedError
    return locked


def _set_status(account: Account, status: Account.Status) -> None:
    account.status = status
    account.save(update_fields=["status"])
