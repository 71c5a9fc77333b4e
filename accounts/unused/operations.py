"""Telling owners of accounts that nobody uses, and closing such accounts."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import operations as closings
from accounts.letters import operations as letters
from accounts.models import Account, Inactivity, Letter, OutboundMessage, TextMessage
from accounts.notices import operations as mails
from accounts.notices.news import News
from accounts.notices.queries import addresses_to_tell
from accounts.texts import operations as texts
from accounts.texts.queries import number_to_tell
from accounts.unused import queries, rules, standing
from accounts.unused.jobs import send_letter, send_text
from accounts.unused.rules import Due, Way


@transaction.atomic
def check(*, account: Account, now: datetime, by: Actor) -> Due:
    """Look whether anybody uses the account, do what is due if nobody does, and say what was.

    What its owner was told before somebody used it again is forgotten. The account is locked, as by
    whoever signs in to it: a sign-in is seen here, or finds the account closed and can undo that.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.use_checked_from is not None and locked.use_checked_from > now:
        return Due.NOTHING
    found = queries.unused_one(locked, now)
    if found is None:
        Inactivity.objects.filter(account=locked).delete()
    done = _do(found, now, by) if found is not None else Due.NOTHING
    locked.use_checked_from = rules.checked_next(
        queries.reminded(locked),
        used_at=queries.last_used_at(locked),
        years=settings.UNUSED_YEARS,
        now=now,
    )
    locked.save(update_fields=["use_checked_from"])
    return done


def _do(account: Account, now: datetime, by: Actor) -> Due:
    due = standing.due(account, now)
    if due in {Due.REMIND, Due.REMIND_AGAIN}:
        _remind(account, due, now, by)
    elif due is Due.ANNOUNCE:
        _announce(account, now, by)
    elif due is Due.CLOSE:
        closings.close_unused(account=account, by=by)
    return due


def _remind(account: Account, due: Due, now: datetime, by: Actor) -> None:
    if due is Due.REMIND:
        Inactivity.objects.create(account=account, told_at=now)
        closes = now + rules.AGAIN_AFTER + rules.CLOSED_AFTER
    else:
        Inactivity.objects.filter(account=account).update(told_again_at=now)
        closes = now + rules.CLOSED_AFTER
    mails.tell(account=account, news=News.UNUSED, due=closes)
    about = About(account_id=account.pk, object_kind="account", reason=due)
    record(Event.UNUSED_REMINDED, by=by, about=about)


def _announce(account: Account, now: datetime, by: Actor) -> None:
    """Tell the day in every way there is: one of them may reach nobody by now."""
    told = {"announced_at": now, "closes_at": now + rules.NOTICE}
    Inactivity.objects.filter(account=account).update(**told)
    ways = standing.ways(account)
    for row in addresses_to_tell(account):
        mails.queue(
            template=OutboundMessage.Template.ACCOUNT_CLOSES,
            address=row.address,
            language=account.language,
            account=account,
        )
    number = number_to_tell(account)
    if number is not None:
        kind = TextMessage.Kind.ACCOUNT_CLOSES
        texts.queue(kind=kind, account=account, number=number, by=by, job=send_text)
    if Way.LETTER in ways:
        kind_of_letter = Letter.Kind.ACCOUNT_CLOSES
        letters.queue(kind=kind_of_letter, account=account, by=by, job=send_letter)
    detail = {"ways": " ".join(sorted(ways))}
    about = About(account_id=account.pk, object_kind="account", detail=detail)
    record(Event.UNUSED_CLOSING_ANNOUNCED, by=by, about=about)
