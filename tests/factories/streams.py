"""Streams of security events, and the accounts that their applications know."""

from typing import Any

from accounts.models import Account
from clients.models import Application
from idp.models import EventStream, PairwiseSubject, SecurityEvent
from idp.ssf.event_types import EventType, supported
from idp.ssf.operations import queue
from tests.factories.agreements import consent


def event_stream(application: Application, **columns: Any) -> EventStream:
    """Return an enabled stream of the application, by poll, that asks for every kind of event."""
    defaults = {
        "method": EventStream.Method.POLL,
        "events_requested": supported(),
        "events_delivered": supported(),
    }
    application.receives_events = True
    application.save(update_fields=["receives_events"])
    return EventStream.objects.create(application=application, **{**defaults, **columns})


def known_account(account: Account, application: Application) -> str:
    """Let the account's owner have agreed to share with the application; return its `sub` there."""
    consent(account, application)
    row, _ = PairwiseSubject.objects.get_or_create(
        account=account, sector_identifier=application.sector_identifier
    )
    return row.subject


def security_event(
    account: Account, kind: EventType = EventType.SESSION_REVOKED, **body: Any
) -> SecurityEvent:
    """Return this event about the account, queued for the one stream that hears of it."""
    (event,) = queue(account=account, events={kind: body})
    return event
