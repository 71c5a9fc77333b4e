"""What a name leads to is looked up once, and all of it must be outside."""

import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from accounts.security.outgoing import connection
from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import FetchProblem
from accounts.security.outgoing.rules import UrlProblem
from tests.accounts.security.outgoing.asking import KEYS, NAME, Names, listed, refusal
from tests.accounts.security.outgoing.servers import answering, serving


class TestNames:
    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "64:ff9b::1", "fe80::1%lo"]
    )
    def test_a_name_that_leads_inside_is_refused(self, names: Names, address: str) -> None:
        names([address])
        assert refusal(lambda: fetch(f"https://{NAME}/")) == FetchProblem.ADDRESS_INSIDE

    def test_one_address_inside_spoils_those_outside(self, names: Names) -> None:
        names(["8.8.8.8", "127.0.0.1"])
        assert refusal(lambda: fetch(f"https://{NAME}/")) == FetchProblem.ADDRESS_INSIDE

    def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
        self, settings: Settings, names: Names, asked: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connected: list[str] = []
        create = socket.create_connection

        def noting(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
            connected.append(address[0])
            return create(address, *rest, **more)

        monkeypatch.setattr(socket, "create_connection", noting)
        # The second look-up, which must never be made, would lead elsewhere (DNS rebinding).
        names(["127.0.0.1"], ["127.0.0.2"])
        with serving(answering(KEYS)) as server:
            assert fetch(f"http://{listed(settings, server)}/").body == KEYS
        assert (asked, connected) == (["localhost"], ["127.0.0.1"])

    def test_a_name_that_nobody_has_is_refused(self) -> None:
        assert refusal(lambda: fetch(f"https://{NAME}/")) == FetchProblem.UNKNOWN_HOST

    def test_a_look_up_that_hangs_ends_with_the_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "getaddrinfo", lambda *_, **__: time.sleep(1))
        began = time.monotonic()
        problem = refusal(lambda: fetch(f"https://{NAME}/", timeout=timedelta(seconds=0.1)))
        assert problem == FetchProblem.TIMED_OUT
        assert time.monotonic() - began < 0.9

    def test_the_next_address_is_tried_when_the_first_does_not_answer(
        self, settings: Settings, names: Names
    ) -> None:
        names(["127.0.0.2", "127.0.0.1"])
        with serving(answering(KEYS)) as server:
            assert fetch(f"http://{listed(settings, server)}/").body == KEYS

    def test_an_address_that_is_refused_is_not_even_looked_up(self, asked: list[str]) -> None:
        assert refusal(lambda: fetch("https://2130706433/")) == UrlProblem.HOST_IS_NUMBER
        assert refusal(lambda: fetch("http://localhost:1/")) == UrlProblem.SCHEME
        assert asked == []

    def test_http_reaches_a_listed_host_on_this_machine_only(
        self, settings: Settings, names: Names
    ) -> None:
        settings.OUTGOING_ALLOW = ["keys.internal:9000"]
        names(["10.0.0.1"])
        problem = refusal(lambda: fetch("http://keys.internal:9000/"))
        assert problem == FetchProblem.ADDRESS_INSIDE
