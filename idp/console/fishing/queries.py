"""Reads for how many people somebody of the staff looked, and for how many anything was done."""

from datetime import datetime
from typing import Final

from accounts.audit.events import Event
from accounts.holding_back.queries import LOOKS
from accounts.models import Account, AuditEvent
from idp.models import HelpSession

# What helps nobody, beside the looks themselves: any other event is an act.
_NO_HELP: Final = LOOKS | {
    Event.CALL_CODE_REFUSED,
    Event.COMPLAINT_READ,
    Event.HELP_LIMIT_REACHED,
    Event.NAMES_OVERSEARCHED,
    Event.NAMES_SEARCHED,
}


def opened_and_helped(staff: Account, *, since: datetime) -> tuple[int, int]:
    """Return how many accounts somebody has opened since then, and for how many they did a thing.

    Each account counts once, however often it was opened.
    """
    rows = HelpSession.objects.filter(staff=staff, account__isnull=False, started_at__gt=since)
    opened = set(rows.values_list("account", flat=True))
    acts = AuditEvent.objects.filter(
        actor_id=str(staff.pk), at__gt=since, account_id__in=rows.values("account")
    ).exclude(event__in=_NO_HELP)
    return len(opened), acts.values("account_id").distinct().count()
