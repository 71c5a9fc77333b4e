"""Reads what is kept back now, and takes it out of what an owner is told."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.audit.events import Event
from accounts.holding_back.rules import ANSWER_WITHIN
from accounts.models import Account, AuditEvent, HoldBack

# Looks alone. A code that was mailed, or a caller taken for the owner, its owner knows or must.
LOOKS: Final = frozenset(
    {
        Event.HELP_STARTED,
        Event.HELP_ENDED,
        Event.HELP_REFUSED,
        Event.HELP_OTHERS_CHANGED,
        Event.HELP_MORE_TOLD,
        Event.HELP_CAUSE_FOUND,
        Event.HELP_NUMBER_SEEN,
        Event.HELP_TIMELINE_SEEN,
    }
)
OURS: Final = frozenset(
    {
        Event.HOLD_BACK_ASKED,
        Event.HOLD_BACK_AGREED,
        Event.HOLD_BACK_ENDED,
        Event.HOLD_BACK_REFUSED,
    }
)


def in_force() -> QuerySet[HoldBack]:
    """Return what is kept back now."""
    return HoldBack.objects.filter(agreed_at__isnull=False, ended_at=None, until__gt=timezone.now())


def waiting() -> QuerySet[HoldBack]:
    """Return what somebody asked for and nobody has answered yet."""
    now = timezone.now()
    return HoldBack.objects.filter(
        agreed_at=None, ended_at=None, until__gt=now, asked_at__gt=now - ANSWER_WITHIN
    )


def without_held(events: QuerySet[AuditEvent], account: Account) -> QuerySet[AuditEvent]:
    """Return the events of the account without those that are kept from its owner now.

    What one person asks for keeps back only that it was asked for: it takes two to keep back looks.
    """
    covers = {"account": account.pk, "since__lte": OuterRef("at")}
    events = events.exclude(Q(event__in=LOOKS | OURS), Exists(in_force().filter(**covers)))
    return events.exclude(Q(event__in=OURS), Exists(waiting().filter(**covers)))


def listed() -> QuerySet[HoldBack]:
    """Return what waits or is in force, the newest first."""
    either = Q(pk__in=waiting().values("pk")) | Q(pk__in=in_force().values("pk"))
    return HoldBack.objects.filter(either).select_related("account").order_by("-asked_at", "pk")
