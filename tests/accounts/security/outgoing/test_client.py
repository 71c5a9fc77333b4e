"""Requests to partners over real sockets: what is sent, and what comes back."""

import pytest
from pytest_django import Settings

from accounts.security.outgoing.client import fetch, post
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from tests.accounts.security.outgoing.asking import KEYS, Names, listed
from tests.accounts.security.outgoing.servers import answering, serving


class TestAsking:
    def test_an_answer_is_read_whole_with_its_status_and_headers(
        self, settings: Settings, names: Names
    ) -> None:
        names(["127.0.0.1"])
        with serving(answering(KEYS, head="HTTP/1.1 200 OK\r\nX-One: 1")) as server:
            fetched = fetch(f"http://{listed(settings, server)}/a;b/jwks;c?set=1#part")
        assert (fetched.status, fetched.body, fetched.headers["x-one"]) == (200, KEYS, "1")
        head = server.seen[0].decode().split("\r\n")
        assert head[0] == "GET /a;b/jwks;c?set=1 HTTP/1.1"
        assert {f"Host: localhost:{server.port}", "Accept-Encoding: identity"} <= set(head)
        assert not any(line.lower().startswith(("cookie", "authorization")) for line in head)

    def test_whatever_the_status_the_caller_decides(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])
        with serving(answering(b"no", head="HTTP/1.1 404 Not Found")) as server:
            assert fetch(f"http://{listed(settings, server)}/").status == 404

    def test_a_post_sends_its_body_once(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])
        with serving(answering(b"")) as server:
            form = "application/x-www-form-urlencoded"
            url = f"http://{listed(settings, server)}/logout"
            assert post(url, body=b"logout_token=x", content_type=form).status == 200
        (sent,) = server.seen
        assert sent.startswith(b"POST /logout HTTP/1.1\r\n")
        assert sent.endswith(b"\r\n\r\nlogout_token=x")
        assert f"Content-Type: {form}".encode() in sent

    def test_a_token_is_sent_where_the_caller_says_so(
        self, settings: Settings, names: Names
    ) -> None:
        names(["127.0.0.1"])
        with serving(answering(KEYS)) as server:
            fetch(f"http://{listed(settings, server)}/me", authorization="Bearer x")
        assert b"Authorization: Bearer x\r\n" in server.seen[0]

    def test_what_an_operator_names_is_asked_and_nothing_beside_it(self, names: Names) -> None:
        names(["127.0.0.1"])
        with serving(answering(KEYS)) as server:
            own = [f"localhost:{server.port}"]
            url = f"http://{own[0]}/keys"
            assert fetch(url, also_allowed=own).body == KEYS
            with pytest.raises(OutgoingRefusedError):
                fetch(url)
            with pytest.raises(OutgoingRefusedError):
                post(url, body=b"", content_type="x/y", also_allowed=["localhost:1"])
        assert len(server.seen) == 1

    def test_no_proxy_of_the_environment_is_used(
        self, settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names(["127.0.0.1"])
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")
        with serving(answering(KEYS)) as server:
            assert fetch(f"http://{listed(settings, server)}/").body == KEYS

    def test_no_cookie_is_kept(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])
        with serving(answering(KEYS, head="HTTP/1.1 200 OK\r\nSet-Cookie: a=b")) as server:
            url = f"http://{listed(settings, server)}/"
            fetch(url)
            fetch(url)
        assert b"cookie" not in server.seen[1].lower()


def test_a_refusal_names_neither_address_nor_answer() -> None:
    error = OutgoingRefusedError(FetchProblem.ADDRESS_INSIDE)
    assert str(error) == "address_inside"
