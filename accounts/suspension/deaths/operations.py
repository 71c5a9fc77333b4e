"""Notes an owner's death, and undoes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import SYSTEM, Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import operations as closings
from accounts.freezing.queries import in_force as freeze_of
from accounts.models import Account, DeathNote, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.signals import account_locked, account_unlocked, death_undone
from accounts.suspension.deaths import queries, rules

_Evidence = DeathNote.Evidence


class NotNotedError(Exception):
    """The account is closed: nothing of it is sent or opens any more."""


@transaction.atomic
def note(*, account: Account, evidence: DeathNote.Evidence, by: Actor, about: About) -> DeathNote:
    """Hold the account, end its sessions and tokens, and have nothing more sent to its owner.

    Of an account that is held already, evidence confirms what was only a call before.

    Raises:
        NotNotedError: it is closed.
    """
    locked = _locked(account)
    if locked.status == Account.Status.CLOSED:
        raise NotNotedError
    before = queries.in_force(locked)
    if before is not None:
        return _confirmed(before, evidence, by, about)
    was_suspended = locked.status == Account.Status.SUSPENDED
    now = timezone.now()
    row = DeathNote.objects.create(
        account=locked,
        evidence=evidence,
        noted_at=now,
        lapses_at=rules.lapses_at(is_call=evidence == _Evidence.CALL, now=now),
        was_suspended=was_suspended,
    )
    record(Event.DEATH_NOTED, by=by, about=_because(about, evidence))
    if not was_suspended:
        _hold(locked, by)
    return row


@transaction.atomic
def undo(*, account: Account, reason: str, by: Actor, about: About) -> bool:
    """Put back what the note stopped, tell the owner, and say whether there was a note.

    What ended stays ended: sessions, tokens, invitations. What was suspended before stays so, and
    what was frozen. A closing that waited begins to wait anew, and a recovery its second half.
    """
    locked = _locked(account)
    row = queries.in_force(locked)
    if row is None:
        return False
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    record(Event.DEATH_UNDONE, by=by, about=_because(about, reason))
    if not row.was_suspended and locked.status == Account.Status.SUSPENDED:
        _release(locked)
    death_undone.send(Account, account=locked)
    return True


def undo_lapsed(*, now: datetime) -> int:
    """Undo the notes that were only calls and for which nobody has shown more in time."""
    done = 0
    for row in queries.lapsed(now):
        done += _undo_if_lapsed(row, now)
    return done


@transaction.atomic
def _undo_if_lapsed(row: DeathNote, now: datetime) -> bool:
    _locked(row.account)
    # Evidence may have come while we waited for the account.
    if not queries.lapsed(now).filter(pk=row.pk).exists():
        return False
    about = About(account_id=row.account_id)
    return undo(account=row.account, reason="not_confirmed", by=SYSTEM, about=about)


def _confirmed(row: DeathNote, evidence: DeathNote.Evidence, by: Actor, about: About) -> DeathNote:
    if row.lapses_at is not None and evidence != _Evidence.CALL:
        row.evidence, row.lapses_at = evidence, None
        row.save(update_fields=["evidence", "lapses_at"])
        record(Event.DEATH_CONFIRMED, by=by, about=_because(about, evidence))
    return row


def _hold(locked: Account, by: Actor) -> None:
    locked.status = Account.Status.SUSPENDED
    locked.save(update_fields=["status"])
    sessions.end_all(account=locked, reason=Session.EndReason.ACCOUNT_SUSPENDED, by=by)
    account_locked.send(Account, account=locked)


def _release(locked: Account) -> None:
    is_frozen = freeze_of(locked) is not None
    locked.status = Account.Status.FROZEN if is_frozen else Account.Status.ACTIVE
    locked.save(update_fields=["status"])
    if not is_frozen:
        account_unlocked.send(Account, account=locked)
    tell(account=locked, news=News.DEATH_UNDONE, due=closings.wait_anew(account=locked))


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _because(about: About, reason: str) -> About:
    return About(**{**vars(about), "reason": reason})
