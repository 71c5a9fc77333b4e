"""Names that lead where a test wants."""

import socket
from typing import Any

import pytest

from accounts.security.outgoing import connection
from tests.accounts.security.outgoing.asking import Names


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return which names were looked up; none leads anywhere unless a test says so."""
    looked_up: list[str] = []
    _answer_names(monkeypatch, looked_up, [])
    return looked_up


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> Names:
    """Return a way to let every name lead to addresses, those of each look-up in turn."""

    def lead_to(*look_ups: list[str]) -> None:
        _answer_names(monkeypatch, asked, list(look_ups))

    return lead_to


def _answer_names(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], look_ups: list[list[str]]
) -> None:
    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        if not look_ups:
            raise socket.gaierror(socket.EAI_NONAME)
        addresses = look_ups.pop(0) if len(look_ups) > 1 else look_ups[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(connection, "getaddrinfo", getaddrinfo)
