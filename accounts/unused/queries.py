"""Reads which accounts nobody has used for years."""

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import Account, AccountClosing, AuditEvent
from accounts.unused import elsewhere, rules
from accounts.unused.rules import Reminded

_USES = (
    # What only somebody brings about who has the account: signing in, a service going on with it.
    *(Event.SESSION_STARTED, Event.TOKENS_ISSUED, Event.TOKENS_REFRESHED),
    # Until then nobody could use it.
    *(Event.ACCOUNT_REINSTATED, Event.ACCOUNT_UNFROZEN),
)


def is_on() -> bool:
    """Say whether unused accounts are looked for at all."""
    return bool(settings.UNUSED_YEARS)


def unused(now: datetime) -> QuerySet[Account]:
    """Return the accounts that nobody has used for so many years, the oldest first.

    Only those that are open: what is stopped has its own end. Sessions are purged long before; the
    audit log, by its index, tells of their beginning.
    """
    since = rules.unused_since(settings.UNUSED_YEARS, now=now)
    uses = AuditEvent.objects.filter(account_id=OuterRef("pk"), event__in=_USES, at__gt=since)
    closing = AccountClosing.objects.filter(
        account=OuterRef("pk"), cancelled_at=None, reopened_at=None
    )
    # Also by the link in the mail that told of its closing: somebody wants it.
    kept = AccountClosing.objects.filter(
        Q(cancelled_at__gt=since) | Q(reopened_at__gt=since), account=OuterRef("pk")
    )
    rows = Account.objects.filter(
        status=Account.Status.ACTIVE, is_test=False, staff_since=None, created_at__lte=since
    )
    rows = rows.exclude(Exists(uses)).exclude(Exists(closing)).exclude(Exists(kept))
    return rows.select_related("inactivity").order_by("created_at", "pk")


def unused_one(account: Account, now: datetime) -> Account | None:
    """Return the account if nobody has used it for so many years, nor anything was shared from it.

    Its row is read afresh: ask under its lock before anything is done about it.
    """
    found = unused(now).filter(pk=account.pk).first()
    since = rules.unused_since(settings.UNUSED_YEARS, now=now)
    is_unused = found is not None and last_used_at(found) <= since
    return found if is_unused else None


def to_check(now: datetime) -> QuerySet[Account]:
    """Return the accounts of which it is time to look whether anybody uses them, by index."""
    rows = Account.objects.filter(
        status=Account.Status.ACTIVE, is_test=False, staff_since=None, use_checked_from__lte=now
    )
    return rows.order_by("use_checked_from")


def last_used_at(account: Account) -> datetime:
    """Return when somebody used the account last, or showed that they want it."""
    uses = AuditEvent.objects.filter(account_id=account.pk, event__in=_USES)
    used = uses.order_by("-at").values_list("at", flat=True).first()
    closings = AccountClosing.objects.filter(account=account)
    kept = closings.aggregate(cancelled=Max("cancelled_at"), reopened=Max("reopened_at"))
    shared = elsewhere.of(account).shared_at
    found: list[datetime] = [at for at in (used, shared, *kept.values()) if at is not None]
    return max([account.created_at, *found])


def told(now: datetime) -> QuerySet[Account]:
    """Return the unused accounts whose owners were reminded, the longest ago first."""
    rows = unused(now).filter(inactivity__isnull=False)
    return rows.order_by("inactivity__told_at", "pk")


def reminded(account: Account) -> Reminded:
    """Return when the account's owner was reminded."""
    row = getattr(account, "inactivity", None)
    return Reminded(row.told_at, row.told_again_at, row.closes_at) if row else Reminded()


def announced_day(account: Account) -> datetime | None:
    """Return when the account closes, as its owner is told, unless somebody used it since."""
    found = unused_one(account, timezone.now())
    return reminded(found).closes_at if found else None
