"""What falls due while a change that the staff agreed to waits: its middle, and its end.

Jobs at those very moments run it, and the nightly purge for whatever a killed worker left.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import EmailChange
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.profile.emails.changes import outcome, queries, rules
from accounts.profile.emails.changes.mails import mail_waiting
from accounts.profile.emails.changes.outcome import NotPossibleError
from accounts.profile.emails.changes.rules import Stage
from accounts.retention.one_by_one import each

# For how long a change that waited can be brought about.
STAYS_OPEN = timedelta(days=7)


@task()
def bring_on() -> None:
    """Do it now; the worker's side of a wait."""
    run(now=timezone.now())


def run(*, now: datetime) -> int:
    """Do what is due at this moment and return for how many changes something was."""
    rows = EmailChange.objects.filter(
        by_staff=True, done_at=None, cancelled_at=None, expires_at__gt=now
    )
    return sum(each(rows, lambda row: _run_one(row, now)))


@transaction.atomic
def _run_one(found: EmailChange, now: datetime) -> bool:
    change = queries.locked(found.pk)
    if change.done_at or change.cancelled_at or not change.account.is_active:
        return False
    return _tell_middle(change, now) or _bring_about(change)


def _tell_middle(change: EmailChange, now: datetime) -> bool:
    opens_at = change.opens_at
    if change.told_middle_at is not None or opens_at is None:
        return False
    if now < rules.halfway(change.started_at, opens_at):
        return False
    if now >= opens_at:
        # Nobody was told in time: the second half begins only now.
        opens_at = rules.put_off(opens_at, opens_at - change.started_at, now=now)
        change.opens_at, change.expires_at = opens_at, opens_at + STAYS_OPEN
    change.told_middle_at = now
    change.save(update_fields=["opens_at", "expires_at", "told_middle_at"])
    mail_waiting(change)
    bring_on.using(run_after=opens_at).enqueue()
    return True


def _bring_about(change: EmailChange) -> bool:
    if change.told_middle_at is None or queries.stage(change, None) is not Stage.READY:
        return False
    try:
        outcome.bring_about(change, by=SYSTEM)
    except NotPossibleError as error:
        _cancel(change, error)
    return True


def _cancel(change: EmailChange, error: NotPossibleError) -> None:
    change.cancelled_at = timezone.now()
    change.save(update_fields=["cancelled_at"])
    about = About(
        account_id=change.account_id,
        object_kind="email_change",
        object_id=str(change.pk),
        reason=error.reason,
    )
    record(Event.EMAIL_CHANGE_CANCELLED, by=SYSTEM, about=about)
    tell(account=change.account, news=News.EMAIL_CHANGE_CANCELLED)
