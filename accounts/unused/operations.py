"""Reminding owners of accounts that nobody uses."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Inactivity
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.unused import queries, rules
from accounts.unused.rules import Due


@transaction.atomic
def check(*, account: Account, now: datetime, by: Actor) -> bool:
    """Look whether anybody uses the account, and tell its owner if that is due; say whether it was.

    Reminders of before somebody used it again are forgotten.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.use_checked_from is not None and locked.use_checked_from > now:
        return False
    found = queries.unused(now).filter(pk=locked.pk).first()
    if found is None:
        Inactivity.objects.filter(account=locked).delete()
    is_told = found is not None and _remind(found, now, by)
    locked.use_checked_from = rules.checked_next(
        queries.reminded(locked),
        used_at=queries.last_used_at(locked),
        years=settings.UNUSED_YEARS,
        now=now,
    )
    locked.save(update_fields=["use_checked_from"])
    return is_told


def _remind(account: Account, now: datetime, by: Actor) -> bool:
    due = rules.due(queries.reminded(account), now=now)
    if due not in {Due.REMIND, Due.REMIND_AGAIN}:
        return False
    if due is Due.REMIND:
        Inactivity.objects.create(account=account, told_at=now)
        closes = now + rules.AGAIN_AFTER + rules.CLOSED_AFTER
    else:
        Inactivity.objects.filter(account=account).update(told_again_at=now)
        closes = now + rules.CLOSED_AFTER
    tell(account=account, news=News.UNUSED, due=closes)
    about = About(account_id=account.pk, object_kind="account", reason=due)
    record(Event.UNUSED_REMINDED, by=by, about=about)
    return True
