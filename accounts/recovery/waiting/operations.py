"""Beginning, pausing, resuming and ending a recovery that takes time."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, RecoveryRequest
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.recovery import queries, rules
from accounts.recovery.rules import Refusal, Rung, Shown, Standing
from accounts.recovery.waiting.due import tell_due
from accounts.recovery.waiting.mails import mail

_State = RecoveryRequest.State
_CODES = frozenset({Shown.POSTED_CODE, Shown.COUNTER_CODE})


@dataclass(frozen=True)
class Claim:
    """What somebody who wants back in has shown: to which mailbox, in what kind of browser.

    `coded`: the request whose code, posted or given at a counter, was typed.
    """

    rung: Rung
    shown: frozenset[Shown]
    mailbox_key: str = ""
    started_on: str = ""
    coded: RecoveryRequest | None = None


@transaction.atomic
def begin(*, account: Account, claim: Claim, by: Actor) -> Refusal | None:
    """Let the wait begin and tell every safe address; return why it may not.

    `account` as it was read when what was shown was checked: a password changed since counts no
    more.
    """
    fresh = queries.locked(account)
    other = queries.lock_running(fresh)
    claim = _as_it_stands(claim, fresh, account)
    refused = rules.refusal_to_begin(
        claim.rung,
        claim.shown,
        status=queries.status_of(fresh),
        running=queries.running_of(other),
    )
    if refused is None and claim.rung is Rung.POST and queries.is_shared(claim.mailbox_key):
        # Who shares a mailbox often shares a letterbox.
        refused = Refusal.NOT_SHOWN
    if refused is not None:
        about = About(account_id=fresh.pk, object_kind=claim.rung, reason=refused)
        record(Event.RECOVERY_REFUSED, by=by, about=about)
        return refused
    if other is not None:
        _end(other, _State.CANCELLED, Event.RECOVERY_CANCELLED, by)
    _start(_row(fresh, claim), other, by)
    return None


@transaction.atomic
def pause(*, request: RecoveryRequest, by: Actor) -> Refusal | None:
    """Stop the wait until the staff have seen who is who; once, as a thief may do it too."""
    row = _locked(request)
    if row is None or queries.standing_of(row) is Standing.OVER:
        return Refusal.OVER
    if row.paused_at is not None:
        return Refusal.PAUSED if row.state == _State.PAUSED else Refusal.CHECKED
    row.state, row.paused_at = _State.PAUSED, timezone.now()
    row.opened_at, row.opened_by_hash = None, ""
    row.save()
    _note(Event.RECOVERY_PAUSED, row, by)
    mail(Template.RECOVERY_PAUSED, row, news=News.RECOVERY_PAUSED)
    return None


@transaction.atomic
def resume(*, request: RecoveryRequest, by: Actor) -> Refusal | None:
    """Let a paused wait go on, once the staff know that its owner asked for it."""
    row = _locked(request)
    if row is None or row.state != _State.PAUSED or row.opens_at is None:
        return Refusal.OVER
    wait, now = queries.wait_of(Rung(row.rung)), timezone.now()
    row.state = _State.WAITING
    row.opens_at = rules.put_off(row.opens_at, wait, now=now)
    row.closes_at = row.opens_at + rules.OPEN_FOR
    row.told_middle_at, row.told_end_at = now, None
    row.save()
    _note(Event.RECOVERY_RESUMED, row, by)
    mail(Template.RECOVERY_STARTED, row)
    tell_due.using(run_after=row.opens_at).enqueue()
    return None


@transaction.atomic
def wait_anew(*, account: Account) -> None:
    """Let a recovery that waits begin its second half now, with all its notices to come.

    For an account whose owner was said to have died: nothing was sent to them for a while, and who
    asked for the recovery may be who said so.
    """
    row = queries.lock_running(queries.locked(account))
    if row is None or row.state != _State.WAITING or row.opens_at is None:
        return
    wait = queries.wait_of(Rung(row.rung))
    row.opens_at = rules.put_off(row.opens_at, wait, now=timezone.now())
    row.closes_at = row.opens_at + rules.OPEN_FOR
    row.told_middle_at = row.told_end_at = row.opened_at = None
    row.opened_by_hash = ""
    row.save()
    tell_due.enqueue()


@transaction.atomic
def cancel(*, request: RecoveryRequest, by: Actor) -> Refusal | None:
    """End the recovery for good, at the wish of whoever can sign in fully, or of the staff."""
    row = _locked(request)
    if row is None:
        return Refusal.OVER
    _end(row, _State.CANCELLED, Event.RECOVERY_CANCELLED, by)
    tell(account=row.account, news=News.RECOVERY_CANCELLED)
    return None


def _as_it_stands(claim: Claim, fresh: Account, checked: Account) -> Claim:
    """Return what of the claim counts for the account as it is now, locked.

    A code may have been made void between the typing and the lock: its row is read again.
    """
    shown = queries.still_shown(fresh, checked, claim.shown, claim.mailbox_key)
    if claim.coded is None:
        return replace(claim, shown=shown)
    rows = RecoveryRequest.objects.select_for_update(of=("self",), no_key=True)
    typed = rows.filter(pk=claim.coded.pk, code_hash=claim.coded.code_hash, ended_at=None)
    coded = typed.first()
    return replace(claim, shown=shown if coded is not None else shown - _CODES, coded=coded)


def _row(account: Account, claim: Claim) -> RecoveryRequest:
    row = claim.coded or RecoveryRequest(account=account, rung=claim.rung)
    now = timezone.now()
    row.mailbox_key, row.started_on, row.started_at = claim.mailbox_key, claim.started_on, now
    row.proofs = [{"proof": shown, "at": int(now.timestamp())} for shown in sorted(claim.shown)]
    row.code_tries = 0
    return row


def _start(row: RecoveryRequest, other: RecoveryRequest | None, by: Actor) -> None:
    wait = queries.wait_of(Rung(row.rung))
    opens_at = row.started_at + wait
    row.state, row.opens_at, row.closes_at = _State.WAITING, opens_at, opens_at + rules.OPEN_FOR
    # The staff saw its owner after the earlier one was stopped: that stops this one no more.
    row.paused_at = other.paused_at if other is not None else None
    row.save()
    _note(Event.RECOVERY_STARTED, row, by)
    mail(Template.RECOVERY_STARTED, row)
    # The one in the middle has the one at the end come.
    tell_due.using(run_after=rules.halfway(opens_at, wait)).enqueue()


def _locked(request: RecoveryRequest) -> RecoveryRequest | None:
    row = queries.lock_running(queries.locked(request.account))
    return row if row is not None and row.pk == request.pk else None


def _end(row: RecoveryRequest, state: RecoveryRequest.State, event: Event, by: Actor) -> None:
    row.state, row.ended_at = state, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    _note(event, row, by)


def _note(event: Event, row: RecoveryRequest, by: Actor) -> None:
    about = About(
        account_id=row.account_id,
        object_kind=row.rung,
        object_id=str(row.pk),
        detail={"opens_at": row.opens_at.isoformat()} if row.opens_at else {},
    )
    record(event, by=by, about=about)
