"""Whether a service has heard what happened, for its resident to see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.deliveries import queries as deliveries
from idp.models import Delivery, SecurityEvent
from idp.ssf import queries as streams
from idp.ssf.event_types import EventType


class Kind(StrEnum):
    """What a service is told: that somebody is signed out, or what became of the account."""

    LOGOUT = "logout"
    STATUS = "status"


class State(StrEnum):
    """How far a message is; not asked for: the service takes no such messages."""

    DELIVERED = "delivered"
    PENDING = "pending"
    GIVEN_UP = "given_up"
    NOT_ASKED_FOR = "not_asked_for"


@dataclass(frozen=True)
class Told:
    """One message. `at`: when the service took it, when we gave up, or until when we try.

    `event_type` says what a status message is about.
    """

    kind: Kind
    state: State
    at: datetime | None = None
    event_type: EventType | None = None


_DELIVERIES: Final = {
    Delivery.State.QUEUED: State.PENDING,
    Delivery.State.DELIVERED: State.DELIVERED,
}
_EVENTS: Final = {
    SecurityEvent.State.QUEUED: State.PENDING,
    SecurityEvent.State.DELIVERED: State.DELIVERED,
}


def told_since(
    account: Account,
    application: Application,
    moment: datetime,
    *,
    kinds: tuple[EventType, ...] = (EventType.CONSENT_WITHDRAWN,),
) -> list[Told]:
    """Return what the service was to be told of the account since the moment, and what came of it.

    Logout tokens first, then status events of these kinds. A sort of message that the service
    does not take stands there once, as not asked for; logout is left out where the service takes
    it and nobody was signed in there. Reads the rows afresh, so that a reloaded page shows what
    has come of them meanwhile.
    """
    return [*_logouts(account, application, moment), *_events(account, application, moment, kinds)]


def _logouts(account: Account, application: Application, moment: datetime) -> list[Told]:
    if not application.backchannel_logout_uri:
        return [Told(Kind.LOGOUT, State.NOT_ASKED_FOR)]
    return [
        _logout(row)
        for row in deliveries.sign_outs(application, account, since=moment).order_by("created_at")
    ]


def _logout(row: Delivery) -> Told:
    state = _DELIVERIES.get(Delivery.State(row.state), State.GIVEN_UP)
    return Told(Kind.LOGOUT, state, row.expires_at if state is State.PENDING else row.done_at)


def _events(
    account: Account, application: Application, moment: datetime, kinds: tuple[EventType, ...]
) -> list[Told]:
    by_uri = {kind.uri: kind for kind in kinds}
    rows = streams.events_about(account, application, since=moment, uris=by_uri)
    now = timezone.now()
    return [_event(row, by_uri[row.event_type], now) for row in rows] or [
        Told(Kind.STATUS, State.NOT_ASKED_FOR)
    ]


def _event(row: SecurityEvent, kind: EventType, now: datetime) -> Told:
    state = _EVENTS.get(SecurityEvent.State(row.state), State.GIVEN_UP)
    if state is not State.PENDING:
        return Told(Kind.STATUS, state, row.done_at, kind)
    # Nobody writes down that the time of what is held, or waits to be fetched, is up.
    is_over = row.expires_at <= now
    return Told(Kind.STATUS, State.GIVEN_UP if is_over else state, row.expires_at, kind)
