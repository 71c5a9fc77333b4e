"""Answers of partners: nothing is read without end, and nothing is followed."""

import gzip
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import FetchProblem
from tests.accounts.security.outgoing.asking import Names, Problem, listed, refusal
from tests.accounts.security.outgoing.servers import answering, serving

Reading = Callable[..., Problem]


class TestAnswers:
    @pytest.fixture
    def reading(self, settings: Settings, names: Names) -> Reading:
        names(["127.0.0.1"])

        def read(answer: Callable[[socket.socket], None], **limits: Any) -> Problem:
            with serving(answer) as server:
                url = f"http://{listed(settings, server)}/"
                problem = refusal(lambda: fetch(url, **limits))
            assert len(server.seen) == 1
            return problem

        return read

    @pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
    @pytest.mark.parametrize(
        "to", ["http://127.0.0.1:1/", "https://keys.partner.example.org/", "/elsewhere"]
    )
    def test_a_redirect_is_refused_wherever_it_leads(
        self, reading: Reading, asked: list[str], status: str, to: str
    ) -> None:
        head = f"HTTP/1.1 {status}\r\nLocation: {to}"
        assert reading(answering(b"", head=head)) == FetchProblem.REDIRECT
        assert asked == ["localhost"]

    def test_a_body_that_says_it_is_too_large_is_not_read(self, reading: Reading) -> None:
        def announce(to: socket.socket) -> None:
            to.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")

        assert reading(announce) == FetchProblem.TOO_LARGE

    @pytest.mark.parametrize("size", [1025, 5_000_000])
    def test_a_body_that_does_not_say_its_size_ends_at_the_limit(
        self, reading: Reading, size: int
    ) -> None:
        def pour(to: socket.socket) -> None:
            to.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * size)

        assert reading(pour, limit_bytes=1024) == FetchProblem.TOO_LARGE

    def test_a_body_in_chunks_ends_at_the_limit(self, reading: Reading) -> None:
        def pour(to: socket.socket) -> None:
            to.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            to.sendall(
                b"200\r\n" + b"x" * 512 + b"\r\n" + b"201\r\n" + b"x" * 513 + b"\r\n0\r\n\r\n"
            )

        assert reading(pour, limit_bytes=1024) == FetchProblem.TOO_LARGE

    def test_a_body_of_just_the_limit_is_read(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])
        with serving(answering(b"x" * 1024)) as server:
            url = f"http://{listed(settings, server)}/"
            assert len(fetch(url, limit_bytes=1024).body) == 1024

    def test_a_compressed_body_is_refused_unread(self, reading: Reading) -> None:
        bomb = gzip.compress(b"0" * 10_000_000)
        head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip"
        assert reading(answering(bomb, head=head)) == FetchProblem.ENCODED

    @pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b""])
    def test_a_trickle_ends_with_the_time(self, reading: Reading, first: bytes) -> None:
        def trickle(to: socket.socket) -> None:
            to.sendall(first)
            for _moment in range(40):
                to.sendall(b"x")
                time.sleep(0.05)

        began = time.monotonic()
        assert reading(trickle, timeout=timedelta(seconds=0.4)) == FetchProblem.TIMED_OUT
        assert time.monotonic() - began < 1.9

    def test_silence_ends_with_the_time(self, reading: Reading) -> None:
        problem = reading(lambda _to: time.sleep(0.6), timeout=timedelta(seconds=0.2))
        assert problem == FetchProblem.TIMED_OUT

    @pytest.mark.parametrize(
        "sent",
        [
            b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
            b"",
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
            b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        ],
    )
    def test_what_is_not_http_is_refused(self, reading: Reading, sent: bytes) -> None:
        assert reading(lambda to: to.sendall(sent)) == FetchProblem.MALFORMED

    def test_nobody_there(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            settings.OUTGOING_ALLOW = [f"localhost:{free.getsockname()[1]}"]
        url = f"http://{settings.OUTGOING_ALLOW[0]}/"
        assert refusal(lambda: fetch(url)) == FetchProblem.UNREACHABLE
