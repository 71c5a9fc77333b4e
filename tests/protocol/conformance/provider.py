"""The provider under test: served over TLS, with a clock, and known by what it publishes."""

import json
import ssl
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import httpx

from tests.protocol.conformance.browser import Browser, Person
from tests.protocol.conformance.site import Site
from tests.serving.clock import Clock
from tests.serving.provider import Served

_PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


@dataclass
class Provider:
    """What a relying party and its tester have of it."""

    served: Served
    clock: Clock
    certificate: Path
    site: Site
    person: Person
    organisation: str

    @property
    def issuer(self) -> str:
        """Its name."""
        return self.served.issuer

    @cached_property
    def initial_access_token(self) -> str:
        """What lets clients register themselves, such as older ones without PKCE."""
        manage = self.served.manage
        scopes = self.metadata()["scopes_supported"]
        made = manage(
            *("initial_access_token", "create", "--organisation", self.organisation),
            *("--name", "Conformance", "--applications", "1000", "--pkce-may-be-optional"),
            *(part for scope in scopes for part in ("--scope", f"{scope}:public_task:To test")),
        )
        return str(made["token"])

    @cached_property
    def http(self) -> httpx.Client:
        """Requests of the relying party's server."""
        return self._client()

    def browser(self) -> Browser:
        """Return a new browser at which the person sits."""
        return Browser(self._client(), self.issuer, self.site, self.person)

    def now(self) -> int:
        """Return the time by its clock."""
        return int(time.time() + self.clock.ahead.total_seconds())

    def wait(self, seconds: int) -> None:
        """Let time pass at the provider, at once."""
        self.clock.put_forward(timedelta(seconds=seconds))

    def metadata(self) -> dict[str, Any]:
        """Return its metadata, which is JSON, is its own, and names endpoints by https alone."""
        answer = self.http.get(f"{self.issuer}/.well-known/openid-configuration")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        found: dict[str, Any] = answer.json()
        assert found["issuer"] == self.issuer
        for name in ("authorization_endpoint", "token_endpoint"):
            assert found[name].startswith(f"{self.issuer}/")
        return found

    def jwks(self) -> list[dict[str, Any]]:
        """Return its keys: each with a name of its own, and public."""
        answer = self.http.get(self.metadata()["jwks_uri"])
        assert answer.status_code == 200
        keys: list[dict[str, Any]] = answer.json()["keys"]
        assert len({key["kid"] for key in keys}) == len(keys) > 0
        for key in keys:
            assert key["kty"] in {"RSA", "EC", "OKP"}
            assert not key.keys() & _PRIVATE
        return keys

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.http.close()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)

    def _client(self) -> httpx.Client:
        return httpx.Client(verify=self._trust, timeout=60, trust_env=False)


def made_person(served: Served, folder: Path, organisation: str) -> Person:
    """Make a test resident of the organisation who has a value for every standard claim."""
    claims = folder / "claims.json"
    claims.write_text(json.dumps(CLAIMS), encoding="utf-8")
    created = served.manage(
        *("account", "create", "--email", "conformance@example.org", "--name", "Tessa Middle Test"),
        *("--test", "--organisation", organisation, "--claims", str(claims)),
    )
    return Person(created["sign_in_name"], created["password"])


CLAIMS = {
    "family_name": "Test",
    "given_name": "Tessa",
    "middle_name": "Middle",
    "nickname": "Tess",
    "preferred_username": "t.test",
    "profile": "https://example.org/people/tessa",
    "picture": "https://example.org/people/tessa.png",
    "website": "https://tessa.example.org/",
    "gender": "female",
    "birthdate": "1980-12-31",
    "zoneinfo": "Europe/London",
    "locale": "en-GB",
    "updated_at": 1_700_000_000,
    "address": {
        "formatted": "1 High Street\nExample\nEX1 1AA\nUK",
        "street_address": "1 High Street",
        "locality": "Example",
        "region": "Exampleshire",
        "postal_code": "EX1 1AA",
        "country": "UK",
    },
    "phone_number": "+442079460000",
    "phone_number_verified": True,
}
