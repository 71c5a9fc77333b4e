"""Behind a web server that ends TLS: whose word counts, asked of the real entry point."""

import importlib
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import django
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from pytest_django import Settings

from accounts.limits.table import RESET_NETWORK
from idp.trail import noting

pytestmark = pytest.mark.django_db

ISSUER = "https://localhost:9443"
WEB_SERVER = "192.0.2.10"
ANOTHER_WEB_SERVER = "192.0.2.11"
STRANGER = "203.0.113.66"
RESIDENT = "198.51.100.1"
Started = Callable[[list[str]], "Server"]


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def cookies(self) -> str:
        jar = SimpleCookie()
        for name, value in self.headers:
            if name.lower() == "set-cookie":
                jar.load(value.strip())
        return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


@dataclass
class Server:
    """The application as granian calls it: a peer's address, http, and whatever headers came."""

    application: Callable[..., Any]
    origin: str = ISSUER

    def get(self, path: str, *, peer: str, **headers: str) -> Answer:
        return self._ask("GET", path, peer, "", headers)

    def post(self, path: str, *, peer: str, **headers: str) -> Answer:
        """Send the page's form as a browser does, with its cookies and its origin."""
        page = self.get(path, peer=peer, **headers)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.text)
        assert token
        body = urlencode({"csrfmiddlewaretoken": token[1], "sign_in_name": "nobody"})
        mine = {"COOKIE": page.cookies(), "ORIGIN": self.origin}
        return self._ask("POST", path, peer, body, {**headers, **mine})

    def _ask(self, method: str, path: str, peer: str, body: str, headers: dict[str, str]) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body.encode()),
            "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_HOST": "localhost:9443",
            "REMOTE_ADDR": peer,
            **{f"HTTP_{name}": value for name, value in headers.items()},
        }
        answer = Answer(0, [], "")

        def start(status: str, lines: list[tuple[str, str]], *_: object) -> None:
            answer.status, answer.headers = int(status[:3]), lines

        answer.text = b"".join(self.application(environ, start)).decode()
        return answer


@pytest.fixture(autouse=True)
def _database_stays_open() -> Iterator[None]:
    """Keep the test's own transaction: Django closes its connection after each real request."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def started(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return what loads the entry point anew, trusting the given peers."""
    settings.ISSUER = ISSUER
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SECURE_HSTS_SECONDS = 60
    monkeypatch.setattr(
        "accounts.recovery.reset.views.RESET_NETWORK", replace(RESET_NETWORK, amount=1)
    )
    # It is set up already; doing it again would take away the handlers that tests read logs by.
    monkeypatch.setattr(django, "setup", lambda **_: None)
    # Its thread would outlive the test and ask for a database.
    monkeypatch.setattr(noting.writer, "start", lambda: None)

    def start(trusted: list[str]) -> Server:
        settings.TRUSTED_PROXIES = trusted
        monkeypatch.delitem(sys.modules, "idp.wsgi", raising=False)
        return Server(importlib.import_module("idp.wsgi").application)

    return start


def forwarded(network: str, scheme: str = "https") -> dict[str, str]:
    return {"X_FORWARDED_FOR": network, "X_FORWARDED_PROTO": scheme}


@pytest.mark.parametrize("trusted", [WEB_SERVER, "192.0.2.0/28"])
def test_a_form_that_came_encrypted_is_taken(started: Started, trusted: str) -> None:
    server = started([trusted])
    assert server.post("/reset-password", peer=WEB_SERVER, **forwarded(RESIDENT)).status == 302


def test_pages_tell_browsers_to_stay_encrypted(started: Started) -> None:
    page = started([WEB_SERVER]).get("/help/contact", peer=WEB_SERVER, **forwarded(RESIDENT))
    assert page.header("Strict-Transport-Security") == "max-age=60"


@pytest.mark.parametrize("trusted", [[], ["none"], [ANOTHER_WEB_SERVER]])
def test_nobody_else_is_believed_that_it_came_encrypted(
    started: Started, trusted: list[str]
) -> None:
    server = started(trusted)
    page = server.get("/help/contact", peer=STRANGER, **forwarded(RESIDENT))
    assert page.header("Strict-Transport-Security") is None
    assert server.post("/reset-password", peer=STRANGER, **forwarded(RESIDENT)).status == 403


def test_residents_behind_the_web_server_are_limited_by_their_own_networks(
    started: Started,
) -> None:
    server = started([WEB_SERVER])

    def ask(network: str) -> int:
        return server.post("/reset-password", peer=WEB_SERVER, **forwarded(network)).status

    assert [ask(STRANGER), ask(STRANGER), ask(RESIDENT)] == [302, 429, 302]


def test_a_forged_address_before_the_web_servers_own_is_not_counted_by(started: Started) -> None:
    server = started([WEB_SERVER, ANOTHER_WEB_SERVER])

    def ask(forged: str) -> int:
        told = forwarded(f"{forged}, {STRANGER}, {ANOTHER_WEB_SERVER}")
        return server.post("/reset-password", peer=WEB_SERVER, **told).status

    assert [ask("198.51.100.1"), ask("198.51.100.2"), ask(WEB_SERVER)] == [302, 429, 429]


def test_whoever_connects_directly_cannot_change_networks_by_forging(started: Started) -> None:
    server = replace(started([WEB_SERVER]), origin="http://localhost:9443")

    def ask(forged: str) -> int:
        told = forwarded(forged, "http") | {"FORWARDED": f"for={forged}", "X_REAL_IP": forged}
        return server.post("/reset-password", peer=STRANGER, **told).status

    assert [ask("198.51.100.1"), ask("198.51.100.2")] == [302, 429]


@pytest.mark.parametrize("told", ["", " ", ",", "nonsense", "999.1.1.1", "a" * 9000, "\x00"])
def test_an_address_that_is_none_breaks_nothing(started: Started, told: str) -> None:
    page = started([WEB_SERVER]).get("/help/contact", peer=WEB_SERVER, **forwarded(told))
    assert page.status == 200
