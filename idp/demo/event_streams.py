"""Streams of events to the demonstration's services."""

from accounts.audit.actor import Actor
from accounts.security.tokens import random_token
from clients.applications.changing import operations as changing
from clients.applications.registration import Changes
from clients.models import Application
from idp.demo.summary import Known
from idp.ssf.event_types import supported
from idp.ssf.streams import operations, queries
from idp.ssf.streams.rules import PUSH, Delivery
from idp.ssf.streams.rules import Changes as Wanted


def told_at(application: Application, url: str, known: Known, by: Actor) -> str:
    """Have all events pushed to the service at this address; return the token it looks for."""
    kept = known.events_tokens.get(application.client_id, "")
    token = kept or random_token()
    if not application.receives_events:
        allowed = Changes(receives_events=True)
        application = changing.change(application=application, changes=allowed, by=by).application
    delivery = Delivery(PUSH, f"{url}/events", f"Bearer {token}")
    wanted = Wanted(delivery=delivery, events_requested=tuple(supported()), description="")
    stream = queries.of(application)
    if stream is None:
        operations.create(application=application, wanted=wanted, by=by)
    elif not kept or stream.endpoint_url != delivery.endpoint_url:
        operations.change(stream=stream, wanted=wanted, by=by)
    return token
