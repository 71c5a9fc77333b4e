"""A directory behind a real socket that is slow, huge, or sends us elsewhere."""

import json
import socket
import time
from datetime import timedelta

import pytest
from pytest_django import Settings

from accounts.models import AuditEvent
from tests.accounts.security.outgoing.servers import Answer, answering, serving
from tests.accounts.staffing.desk import Desk

pytestmark = pytest.mark.django_db


def _named(settings: Settings, port: int) -> str:
    settings.DIRECTORY_ISSUER = f"http://localhost:{port}"
    settings.DIRECTORY_CLIENT_ID, settings.DIRECTORY_CLIENT_SECRET = "us", "a secret"
    settings.DIRECTORY_GROUPS = [("support", "Contact centre")]
    settings.OUTGOING_TIMEOUT = timedelta(seconds=1)
    return str(settings.DIRECTORY_ISSUER)


def _trickle(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
    for _byte in range(50):
        connection.sendall(b" ")
        time.sleep(0.1)


REDIRECT = answering(b"", head="HTTP/1.1 302 Found\r\nLocation: http://localhost:1/")


@pytest.mark.parametrize(
    "answer",
    [_trickle, answering(b" " * 70_000), REDIRECT, answering(b"{}"), answering(b"[" * 50_000)],
    ids=["slow", "huge", "elsewhere", "empty", "deep"],
)
def test_nobody_is_sent_there_and_nobody_waits(settings: Settings, answer: Answer) -> None:
    with serving(answer) as server:
        _named(settings, server.port)
        began = time.monotonic()
        refused = Desk().get("/staff/directory")
        waited = time.monotonic() - began
    assert refused.status_code in {403, 503}
    assert waited < 10
    assert AuditEvent.objects.filter(event="account:directory_visit:refused").count() == 1


def test_one_that_answers_is_gone_to(settings: Settings) -> None:
    def answer(connection: socket.socket) -> None:
        found = {"issuer": issuer, "authorization_endpoint": f"{issuer}/authorize"}
        answering(json.dumps(found).encode())(connection)

    with serving(answer) as server:
        issuer = _named(settings, server.port)
        sent = Desk().get("/staff/directory")
    assert sent["Location"].startswith(f"{issuer}/authorize?")
    assert b"GET /.well-known/openid-configuration HTTP/1.1" in server.seen[0]


def test_one_that_is_switched_off_lets_nobody_wait(settings: Settings) -> None:
    with serving(answering(b"")) as server:
        port = server.port
    _named(settings, port)
    assert Desk().get("/staff/directory").status_code == 503
