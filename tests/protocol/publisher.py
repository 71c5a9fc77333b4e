"""A partner's server that publishes keys."""

import json
import socket
from typing import Any

from tests.accounts.security.outgoing.servers import Server, answering
from tests.protocol.signing import SigningKey


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
