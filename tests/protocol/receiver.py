"""An application that hears of accounts: its own tokens, its stream, and what it fetches."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from idp.ssf.event_types import supported
from tests.protocol.partner import Partner, body

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

EVENTFUL: Final[dict[str, Any]] = {
    "receives_events": True,
    "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
}
BOTH: Final = "ssf.read ssf.manage"
STREAM: Final = "/ssf/stream"
PUSHED: Final = {
    "method": "urn:ietf:rfc:8935",
    "endpoint_url": "https://receiver.example.org/events",
    "authorization_header": "Bearer of-the-receiver",
}


@dataclass
class Receiver(Partner):
    """A partner with an access token of its own."""

    token: str = field(default="", repr=False)

    @classmethod
    def new(cls, scope: str = BOTH, **columns: Any) -> "Receiver":
        """Return a new application that may hear of events, with a token of this scope."""
        made = cls.confidential(**{**EVENTFUL, **columns})
        receiver = cls(made.application, made.secret)
        receiver.token = receiver.own_token(scope)
        return receiver

    def own_token(self, scope: str = BOTH, **more: str) -> str:
        """Return a new access token in the application's own name."""
        asked = {"grant_type": "client_credentials", "scope": scope, **more}
        answer = self.post("/token", asked)
        assert answer.status_code == 200, answer.content
        return str(body(answer)["access_token"])

    def call(self, method: str, path: str, sent: object = None, **query: str) -> "Answer":
        """Call an endpoint with the token; what is sent goes as JSON, bytes as they are."""
        raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.generic(
            method,
            path,
            b"" if sent is None else raw,
            content_type="application/json",
            headers=headers,
            query_params=query,
        )

    def create(self, **said: Any) -> "Answer":
        """Ask for a stream."""
        return self.call("POST", STREAM, said)

    def made_stream(self, **said: Any) -> str:
        """Create a stream that asks for every kind of event; return its id."""
        if "events_requested" not in said:
            said["events_requested"] = supported()
        answer = self.create(**said)
        assert answer.status_code == 201, answer.content
        return str(body(answer)["stream_id"])

    def poll(self, **said: Any) -> dict[str, Any]:
        """Fetch events."""
        answer = self.call("POST", "/ssf/poll", {"returnImmediately": True, **said})
        assert answer.status_code == 200, answer.content
        return body(answer)
