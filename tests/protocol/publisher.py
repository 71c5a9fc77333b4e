"""A partner's server that publishes keys, and an application whose keys are there."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django import Settings

from tests.accounts.security.outgoing.servers import Server, answering, serving
from tests.protocol.partner import refused
from tests.protocol.signing import SigningKey, SigningPartner, signing_key

OLD, NEW = signing_key("ES256", "old"), signing_key("ES256", "new")


class Publisher:
    """A partner's server, what it publishes now, and how often it was asked."""

    def __init__(self) -> None:
        self.says = answering(b"")
        self.server = Server(0)

    def publish(self, *keys: SigningKey, **more: Any) -> None:
        self.say(json.dumps({"keys": [key.jwk for key in keys], **more}).encode())

    def say(self, body: bytes, head: str = "HTTP/1.1 200 OK") -> None:
        self.says = answering(body, head=head)

    def answer(self, to: socket.socket) -> None:
        self.says(to)

    @property
    def asked(self) -> int:
        return len(self.server.seen)

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/jwks"

    def partner(self) -> SigningPartner:
        """Return a new application that signs with the old key."""
        partner = SigningPartner.keyed(jwks=None, jwks_uri=self.uri)
        partner.key = OLD
        return partner


@contextmanager
def publishing(settings: Settings) -> Iterator[Publisher]:
    """Serve the old key on loopback, where settings let us ask."""
    publisher = Publisher()
    publisher.publish(OLD)
    with serving(publisher.answer) as publisher.server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{publisher.server.port}"]
        yield publisher


def accepted(partner: SigningPartner) -> bool:
    """Say whether an assertion by its key is accepted; else it is refused properly."""
    answer = partner.present(partner.assertion())
    return answer.status_code == 200 or not refused(answer, "invalid_client", 401)
