"""A receiver of events that takes nothing for granted, as the Foundation's plan has one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.protocol.conformance.id_tokens import verified
from tests.protocol.conformance.provider import Provider

Json = dict[str, Any]
PUSH: Final = "urn:ietf:rfc:8935"
POLL: Final = "urn:ietf:rfc:8936"
CAEP: Final = "https://schemas.openid.net/secevent/caep/event-type"
VERIFICATION: Final = "https://schemas.openid.net/secevent/ssf/event-type/verification"
REQUESTED: Final = tuple(
    f"{CAEP}/{kind}"
    for kind in ("session-revoked", "credential-change", "device-compliance-change")
)
BROKEN: Final = b";{ broken"


@dataclass
class Receiver:
    """A client that an operator let hear of events, and its stream, delivered by this method."""

    provider: Provider
    registered: Json
    method: str
    authorization: str = ""
    access_token: str = field(default="", repr=False)
    stream: Json = field(default_factory=dict)
    _path: str = field(default_factory=lambda: f"/{uuid4().hex}/ssf-push")

    def transmitter(self) -> Json:
        """Return the transmitter's metadata."""
        answer = self.provider.http.get(f"{self.provider.issuer}/.well-known/ssf-configuration")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        found: Json = answer.json()
        assert self.method in found["delivery_methods_supported"]
        return found

    def enter(self) -> None:
        """Get an access token that lasts no hour, and delete what an earlier test left."""
        answer = self.provider.http.post(
            self.provider.metadata()["token_endpoint"],
            data={"grant_type": "client_credentials", "scope": "ssf.read ssf.manage"},
            auth=(self.registered["client_id"], self.registered["client_secret"]),
        )
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert 0 < told["expires_in"] <= 3600
        self.access_token = told["access_token"]
        for left in self.read().json():
            self.stream = left
            assert self.delete().status_code == 204
        self.stream = {}

    def configuration(self) -> Json:
        """Return what the plan says of a stream."""
        delivery = {"method": self.method}
        if self.method == PUSH:
            delivery["endpoint_url"] = f"{self.provider.site.origin}{self._path}"
            self.provider.site.accept(self._path)
        if self.authorization:
            delivery["authorization_header"] = self.authorization
        return {"events_requested": list(REQUESTED), "delivery": delivery}

    def create(self, raw: bytes | None = None) -> httpx.Response:
        """Ask for a stream, or send this instead."""
        answer = self._call("POST", self._at("configuration_endpoint"), raw or self.configuration())
        if answer.status_code == 201:
            self.stream = answer.json()
        return answer

    def throw_away(self) -> None:
        """Create a stream and delete it: its id is well made, and nobody's."""
        assert self.create().status_code == 201
        assert self.delete().status_code == 204

    def read(self) -> httpx.Response:
        """Read the stream, or all there are."""
        return self._call("GET", self._at("configuration_endpoint"), query=self._id())

    def update(self, raw: bytes | None = None) -> httpx.Response:
        """Change the stream."""
        return self._write("PATCH", raw, "Updated")

    def replace(self, raw: bytes | None = None) -> httpx.Response:
        """Replace the stream."""
        return self._write("PUT", raw, "Replaced")

    def delete(self) -> httpx.Response:
        """Delete the stream."""
        return self._call("DELETE", self._at("configuration_endpoint"), query=self._id())

    def status(self) -> httpx.Response:
        """Read the stream's status."""
        return self._call("GET", self._at("status_endpoint"), query=self._id())

    def set_status(self, status: str) -> httpx.Response:
        """Set the stream's status."""
        sent = {**self._id(), "status": status, "reason": f"The plan says {status}."}
        return self._call("POST", self._at("status_endpoint"), sent, query=self._id())

    def subject(self, what: str) -> httpx.Response:
        """Add somebody to the stream, or remove them."""
        email = {"format": "email", "email": "example.user@example.com"}
        more = {"verified": True} if what == "add" else {}
        sent = {**self._id(), "subject": email, **more}
        return self._call("POST", self._at(f"{what}_subject_endpoint"), sent)

    def verify(self) -> str:
        """Ask for a verification event, no sooner than is allowed; return its state."""
        self.provider.wait(self.stream["min_verification_interval"])
        state = str(uuid4())
        sent = {**self._id(), "state": state}
        answer = self._call("POST", self._at("verification_endpoint"), sent)
        assert (answer.status_code, answer.content) == (204, b"")
        return state

    def poll(self, *, most: int = 10, ack: Iterable[str] = ()) -> dict[str, str]:
        """Fetch events where the stream says."""
        sent: Json = {"maxEvents": most, "returnImmediately": True}
        if ack:
            sent["ack"] = list(ack)
        answer = self._call("POST", self.stream["delivery"]["endpoint_url"], sent)
        assert answer.status_code == 200, answer.text
        sets: dict[str, str] = answer.json()["sets"]
        return sets

    def pushed(self) -> tuple[str, str]:
        """Return the event that came to the site, and what it showed there."""
        came = self.provider.site.wait_for(self._path)
        assert (came.method, came.content_type) == ("POST", "application/secevent+jwt")
        return came.body.decode(), came.authorization

    def check(self, token: str, *, state: str) -> str:
        """Check all that the plan does of a verification event; return its id."""
        header, claims = verified(self.provider, token)
        assert header["typ"] == "secevent+jwt"
        assert not {"sub", "exp"} & claims.keys()
        assert claims["iss"] == self.stream["iss"] == self.provider.issuer
        assert claims["aud"] == self.stream["aud"]
        assert claims["iat"] <= self.provider.now()
        assert claims["sub_id"] == {"format": "opaque", "id": self.stream["stream_id"]}
        assert claims["events"] == {VERIFICATION: {"state": state}}
        return str(claims["jti"])

    def _write(self, method: str, raw: bytes | None, description: str) -> httpx.Response:
        said = {**self.configuration(), **self._id(), "description": description}
        return self._call(method, self._at("configuration_endpoint"), raw or said)

    def _id(self) -> dict[str, str]:
        return {"stream_id": self.stream["stream_id"]} if self.stream else {}

    def _at(self, endpoint: str) -> str:
        return str(self.transmitter()[endpoint])

    def _call(
        self,
        method: str,
        address: str,
        sent: Json | bytes | None = None,
        *,
        query: dict[str, str] | None = None,
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access_token}"}
        if isinstance(sent, bytes):
            headers["Content-Type"] = "application/json"
            return self.provider.http.request(method, address, content=sent, headers=headers)
        return self.provider.http.request(method, address, params=query, headers=headers, json=sent)
