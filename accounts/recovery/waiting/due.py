"""What falls due while a recovery waits: the notices of its middle and its end, and its expiry.

Jobs at those very moments run it, and the nightly purge for whatever a killed worker left.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import RecoveryRequest
from accounts.notices.catalogue import Template
from accounts.notices.queries import is_of_somebody_dead
from accounts.recovery import queries, rules
from accounts.recovery.rules import Rung
from accounts.recovery.waiting.mails import mail
from accounts.retention.one_by_one import each

_State = RecoveryRequest.State


@task()
def tell_due() -> None:
    """Do it now; the worker's side of a wait."""
    run(now=timezone.now())


def run(*, now: datetime) -> int:
    """Do what is due at this moment and return for how many recoveries something was."""
    rows = _candidates(now).select_related("account")
    return sum(each(rows, lambda row: _run_one(row, now)))


def _candidates(now: datetime) -> QuerySet[RecoveryRequest]:
    untold = Q(state=_State.WAITING) & (Q(told_middle_at=None) | Q(told_end_at=None))
    unfinished = Q(state__in=[_State.PROVING, _State.WAITING, _State.PAUSED])
    return RecoveryRequest.objects.filter(untold | (unfinished & Q(closes_at__lte=now)))


@transaction.atomic
def _run_one(found: RecoveryRequest, now: datetime) -> bool:
    queries.locked(found.account)
    row = RecoveryRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    if row.ended_at is not None:
        return False
    if (row.closes_at is not None and now >= row.closes_at) or not queries.has_mailbox(row):
        return _expire(row, now)
    if is_of_somebody_dead(row.account_id):
        # No mail goes to them: what nobody was told must not count as told.
        return False
    return row.state == _State.WAITING and (_tell_middle(row, now) or _tell_end(row, now))


def _expire(row: RecoveryRequest, now: datetime) -> bool:
    row.state, row.ended_at = _State.EXPIRED, now
    row.save(update_fields=["state", "ended_at"])
    about = About(account_id=row.account_id, object_kind=row.rung, object_id=str(row.pk))
    record(Event.RECOVERY_EXPIRED, by=SYSTEM, about=about)
    return True


def _tell_middle(row: RecoveryRequest, now: datetime) -> bool:
    wait = queries.wait_of(Rung(row.rung))
    if row.told_middle_at is not None or row.opens_at is None:
        return False
    if now < rules.halfway(row.opens_at, wait):
        return False
    if now >= row.opens_at:
        # Nobody was told in time: the second half begins only now.
        row.opens_at = rules.put_off(row.opens_at, wait, now=now)
        row.closes_at = row.opens_at + rules.OPEN_FOR
    row.told_middle_at = now
    row.save(update_fields=["opens_at", "closes_at", "told_middle_at"])
    mail(Template.RECOVERY_HALFWAY, row)
    tell_due.using(run_after=row.opens_at).enqueue()
    return True


def _tell_end(row: RecoveryRequest, now: datetime) -> bool:
    if row.told_middle_at is None or row.told_end_at is not None:
        return False
    if row.opens_at is None or now < row.opens_at:
        return False
    row.told_end_at = now
    row.save(update_fields=["told_end_at"])
    mail(Template.RECOVERY_OPEN, row)
    return True
