"""Operations on what an application was told: sign-outs and events; never about whom."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Path, Query, Router, Status
from pydantic import BaseModel, Field

from accounts.limits.table import SENT_AGAIN
from clients.api_tokens.operations import actor
from clients.models import Application
from clients.organisations.members.rules import Permission
from idp.deliveries import operations as deliveries
from idp.models import Delivery, SecurityEvent
from idp.partner_api.door import ApiRequest, application_of, count, needs, own
from idp.partner_api.problems import Refusal, conflict, no_such_place
from idp.portal.deliveries import queries, wording
from idp.portal.deliveries.queries import Place
from idp.ssf.streams import operations as streams

router = Router(tags=["Deliveries"])
_MOST = 100


class Message(BaseModel):
    """A logout token or an event: how far it is, and what your server answered last."""

    id: UUID
    created_at: datetime
    state: str
    tries: int
    next_try_at: datetime | None
    done_at: datetime | None
    last_status: int | None
    last_answer: str


class EventMessage(Message):
    """An event, and the URI of its type."""

    event_type: str


class MessagesListed(BaseModel):
    """Logout tokens, the newest first; `next`: give it as `after` to read on, null at the end."""

    items: list[Message]
    next: str | None


class EventsListed(BaseModel):
    """Events, the newest first; `next`: give it as `after` to read on, null at the end."""

    items: list[EventMessage]
    next: str | None


class MessagesWanted(BaseModel):
    """Which messages to list; what is left out narrows nothing."""

    state: Literal["queued", "delivered", "refused", "expired", "dropped"] | None = None
    after: Annotated[str, Field(max_length=80)] | None = None
    limit: Annotated[int, Field(ge=1, le=_MOST)] = queries.ON_A_PAGE


@router.get("/deliveries", response=MessagesListed, operation_id="list_deliveries")
@needs(Permission.SEE)
def list_deliveries(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[str],
    asked: Query[MessagesWanted],
) -> dict[str, Any]:
    """List the logout tokens that the application was sent, the newest first."""
    del organisation
    row = application_of(request, application)
    return _listed(queries.sign_outs(row, after=_place(asked)), asked)


@router.post("/deliveries/{number}/again", response={202: None}, operation_id="send_delivery_again")
@needs(Permission.CHANGE_APPLICATIONS)
def send_delivery_again(
    request: ApiRequest, organisation: Path[str], application: Path[str], number: Path[UUID]
) -> Status[None]:
    """Send a logout token again, signed anew; it names the same session."""
    del organisation
    row = application_of(request, application)
    rows = Delivery.objects.filter(application=row).select_related("application")
    found = own(request, rows, number, whose="application__organisation")
    count(SENT_AGAIN, row.client_id)
    if not deliveries.send_again(delivery=found, by=actor(request.auth)):
        raise _waits()
    return Status(202, None)


@router.get("/events", response=EventsListed, operation_id="list_events")
@needs(Permission.SEE)
def list_events(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[str],
    asked: Query[MessagesWanted],
) -> dict[str, Any]:
    """List the events of the application's stream, the newest first."""
    del organisation
    row = application_of(request, application)
    return _listed(queries.events(row, after=_place(asked)), asked)


@router.post("/events/{number}/again", response={202: None}, operation_id="send_event_again")
@needs(Permission.CHANGE_APPLICATIONS)
def send_event_again(
    request: ApiRequest, organisation: Path[str], application: Path[str], number: Path[UUID]
) -> Status[None]:
    """Send an event again whose time is not up."""
    del organisation
    row = application_of(request, application)
    found = own(request, _events(row), number, whose="stream__application__organisation")
    count(SENT_AGAIN, row.client_id)
    try:
        is_queued = streams.send_again(event=found, by=actor(request.auth))
    except streams.StreamGoneError as error:
        words = "The stream of this event was deleted."
        raise conflict(reason="stream_gone", words=words) from error
    if not is_queued:
        raise _waits()
    return Status(202, None)


def _events(application: Application) -> QuerySet[SecurityEvent]:
    rows = SecurityEvent.objects.filter(stream__application=application)
    return rows.select_related("stream__application")


def _place(asked: MessagesWanted) -> Place | None:
    after = queries.place(asked.after) if asked.after else None
    if asked.after and after is None:
        raise no_such_place()
    return after


def _listed(rows: QuerySet[Any], asked: MessagesWanted) -> dict[str, Any]:
    if asked.state:
        rows = rows.filter(state=asked.state)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    older = Place(shown[-1].created_at, shown[-1].pk) if len(found) > asked.limit else None
    return {"items": [_message(one) for one in shown], "next": str(older) if older else None}


def _message(row: Delivery | SecurityEvent) -> dict[str, Any]:
    names = ("created_at", "state", "tries", "next_try_at", "done_at", "last_status")
    event = {"event_type": row.event_type} if isinstance(row, SecurityEvent) else {}
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        **event,
        "last_answer": wording.last_answer(row.last_status, row.last_error),
    }


def _waits() -> Refusal:
    words = "It waits to be sent anyhow, or can go nowhere any more."
    return conflict(reason="not_again", words=words)
