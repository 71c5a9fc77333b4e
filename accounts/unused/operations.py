"""Reminding owners of accounts that nobody uses."""

from datetime import datetime

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
def remind(*, account: Account, now: datetime, by: Actor) -> bool:
    """Tell the account's owner if that is due and nobody has used it meanwhile."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    found = queries.unused(now).filter(pk=account.pk).first()
    due = rules.due(queries.reminded(found), now=now) if found else Due.NOTHING
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


def forget_used(*, now: datetime) -> int:
    """Forget the reminders of accounts that somebody has used since; return how many."""
    still = queries.unused(now).values("pk")
    return Inactivity.objects.exclude(account__in=still).delete()[0]
