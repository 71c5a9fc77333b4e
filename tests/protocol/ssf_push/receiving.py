"""A receiver of pushed events, and events to push there."""

import socket
from typing import Any, Final

import jwt as pyjwt

from accounts.models import Account
from accounts.security import encryption
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue
from tests import factories
from tests.accounts.security.outgoing.servers import Server, answering

State = SecurityEvent.State
ACCEPTED: Final = "HTTP/1.1 202 Accepted"
FAILED: Final = "HTTP/1.1 500 Internal Server Error"
HEADER: Final = "Bearer what-the-receiver-wants-to-see"


class Receiver:
    """An application's endpoint, and what it answers now."""

    def __init__(self) -> None:
        self.server = Server(0)
        self.say(ACCEPTED)

    def say(self, head: str, body: bytes = b"") -> None:
        self.says = answering(body, head=head)

    def answer(self, to: socket.socket) -> None:
        self.says(to)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/events"

    @property
    def heads(self) -> list[str]:
        return [one.partition(b"\r\n\r\n")[0].decode() for one in self.server.seen]

    @property
    def events(self) -> list[str]:
        """The tokens that reached it, one for each try."""
        return [one.partition(b"\r\n\r\n")[2].decode() for one in self.server.seen]


def push_stream(account: Account, url: str, **columns: Any) -> EventStream:
    application = factories.application()
    factories.known_account(account, application)
    return factories.event_stream(
        application,
        method=EventStream.Method.PUSH,
        endpoint_url=url,
        authorization_header=encryption.encrypt(HEADER.encode()),
        **columns,
    )


def queued(account: Account, kind: EventType = EventType.ACCOUNT_DISABLED) -> SecurityEvent:
    (event,) = queue(account=account, events={kind: {}})
    return event


def said(token: str) -> dict[str, Any]:
    return pyjwt.decode(token, options={"verify_signature": False})
