"""Asking a server of a test, and being refused."""

from collections.abc import Callable
from typing import Final

import pytest
from pytest_django import Settings

from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from accounts.security.outgoing.rules import UrlProblem
from tests.accounts.security.outgoing.servers import Server

KEYS: Final = b'{"keys": []}'
NAME: Final = "keys.partner.example.org"
Names = Callable[..., None]
Problem = UrlProblem | FetchProblem


def listed(settings: Settings, server: Server, host: str = "localhost") -> str:
    """Return the server's address without its scheme, which the settings now list."""
    settings.OUTGOING_ALLOW = [f"{host}:{server.port}"]
    return f"{host}:{server.port}"


def refusal(ask: Callable[[], Fetched]) -> Problem:
    with pytest.raises(OutgoingRefusedError) as refused:
        ask()
    return refused.value.reason
