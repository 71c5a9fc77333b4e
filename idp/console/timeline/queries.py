"""Reads what happened to an account and what became of the mails about it."""

from typing import Final

from django.db.models import QuerySet

from accounts.audit.events import Event
from accounts.history.wording import TOLD
from accounts.holding_back.queries import without_held
from accounts.models import Account, AuditEvent, OutboundMessage
from accounts.staff import Permission
from idp.console.queries import standing_of

_MAILS: Final = 20


def events_of(account: Account, *, staff: Account) -> QuerySet[AuditEvent]:
    """Return what the account's owner may be told of, the newest first.

    What is kept back from the owner only those read who may keep it back: an agent who reads it on
    the phone would tell.
    """
    rows = AuditEvent.objects.filter(account_id=account.pk, event__in=TOLD)
    if Permission.HOLD_BACK not in standing_of(staff).permissions:
        rows = without_held(rows, account)
    # A proof added to a session, or its cookie renewed, ends a row and nobody's stay.
    return rows.exclude(event=Event.SESSION_ENDED, reason="replaced").order_by("-at", "-pk")


def mails_of(account: Account) -> QuerySet[OutboundMessage]:
    """Return the newest mails about the account."""
    return OutboundMessage.objects.filter(account=account).order_by("-created_at", "-pk")[:_MAILS]
