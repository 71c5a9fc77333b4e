"""What nginx lets through to the provider, and what it says in its place."""

import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest

from tests.interop.authority import Authority
from tests.interop.nginx import server
from tests.interop.nginx.conftest import Front
from tests.interop.nginx.server import HOST
from tests.serving.provider import free_port

pytestmark = [pytest.mark.served, pytest.mark.once]

KIB = 1024
SECRET = "Sec-ret"
FORGED = {
    "Client-Cert": ":Zm9yZ2Vk:",
    "Client-Cert-Chain": ":Zm9yZ2Vk:",
    "Client_Cert": ":Zm9yZ2Vk:",
    "X-Client-Certificate": "forged",
    "X_Client_Certificate": "forged",
    "X-Client-Certificate-Verified": "SUCCESS",
    "X_Client_Certificate_Verified": "SUCCESS",
    "Forwarded": "for=203.0.113.9;proto=http",
    "Proxy": "http://203.0.113.9",
    "X-Forwarded-For": "203.0.113.9",
    "X_Forwarded_For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Proto": "http",
    "X_Forwarded_Proto": "http",
    "X-Real-IP": "203.0.113.9",
}


def test_of_forged_headers_none_gets_through(front: Front) -> None:
    with front.client("127.0.0.9") as client:
        client.get("/userinfo", headers=FORGED | {"Authorization": "Bearer x"}).raise_for_status()

    arrived = front.upstream.last().headers
    names = {name.lower() for name in FORGED} - {"x-forwarded-for", "x-forwarded-proto"}
    assert not names & arrived.keys()
    assert arrived["x-forwarded-for"] == "127.0.0.9"
    assert arrived["x-forwarded-proto"] == "https"
    assert (arrived["host"], arrived["authorization"]) == (HOST, "Bearer x")


def test_a_body_of_128_kib_passes_and_a_longer_one_does_not(front: Front) -> None:
    with front.client() as client:
        client.post("/token", content=b"a" * 128 * KIB).raise_for_status()
        assert len(front.upstream.last().body) == 128 * KIB
        refused = client.post("/token", content=b"a" * (128 * KIB + 1))

    assert refused.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    assert front.upstream.seen == []


def test_only_where_logos_are_taken_a_file_of_1_mb_passes(front: Front) -> None:
    logo = "/organisations/a-1/applications/b-2/logo"
    with front.client() as client:
        headers = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "elsewhere.example"}
        client.post(logo, content=b"a" * 1025 * KIB, headers=headers).raise_for_status()
        arrived = front.upstream.last()
        assert len(arrived.body) == 1025 * KIB
        assert arrived.headers["host"] == HOST
        assert arrived.headers["x-forwarded-for"] != headers["X-Forwarded-For"]
        assert "x-forwarded-host" not in {name.lower() for name in arrived.headers}
        for place in (f"/api/v1{logo}", "/organisations/a-1/applications/b-2/live/draft/logo"):
            client.post(place, content=b"a" * 1025 * KIB).raise_for_status()
            assert len(front.upstream.last().body) == 1025 * KIB
        for path, size in ((logo, 1101), (f"{logo}/more", 129), (f"/token?{logo}", 129)):
            refused = client.post(path, content=b"a" * size * KIB)
            assert refused.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_a_body_without_a_length_is_bounded_too(front: Front) -> None:
    def chunks() -> Iterator[bytes]:
        yield from (b"a" * KIB for _ in range(256))

    with front.client() as client:
        assert client.post("/token", content=chunks()).status_code == 413
    assert front.upstream.seen == []


def test_the_longest_address_passes_and_one_beyond_does_not(front: Front) -> None:
    """The provider reads 32 KiB of parameters: a signed request may come by GET."""
    longest = f"/authorize?request={'a' * (32 * KIB - len('request='))}"
    with front.client() as client:
        client.get(longest).raise_for_status()
        assert front.upstream.last().path == longest
        refused = client.get(longest + "a" * 16 * KIB)

    assert refused.status_code == httpx.codes.REQUEST_URI_TOO_LONG
    assert front.upstream.seen == []


def test_an_answer_that_leads_to_a_long_address_passes(front: Front) -> None:
    address = f"https://service.example/callback?state={'a' * 24 * KIB}"
    front.upstream.answer["Location"] = address
    try:
        with front.client() as client:
            assert client.get("/authorize").headers["Location"] == address
    finally:
        front.upstream.answer.clear()


def test_a_page_is_not_compressed(front: Front) -> None:
    """Its length would tell what secrets beside a stranger's words are (BREACH)."""
    with front.client() as client:
        page = client.get("/sign-in", headers={"Accept-Encoding": "gzip"}).raise_for_status()
    assert "Content-Encoding" not in page.headers


def test_a_body_waits_in_nginx_until_it_is_whole(front: Front) -> None:
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    with (
        front.client() as client,
        front.trust.wrap_socket(plain, server_hostname=HOST) as connection,
    ):
        client.get("/healthz").raise_for_status()
        opened = front.upstream.connections
        head = f"POST /token HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 10\r\n\r\n"
        connection.sendall(head.encode() + b"half=")
        # Sent later, and answered by the connection that is free: the half form took none.
        client.get("/healthz").raise_for_status()
        assert front.upstream.last().path == "/healthz"
        assert front.upstream.connections == opened
        connection.sendall(b"whole")
        assert connection.recv(KIB).startswith(b"HTTP/1.1 200")
    assert front.upstream.last().body == b"half=whole"


def test_http_is_sent_to_https_at_our_name_whatever_name_was_asked_for(front: Front) -> None:
    for host in (HOST, "evil.example"):
        answer = httpx.get(
            f"http://127.0.0.1:{front.nginx.http_port}/sign-in?a=b", headers={"Host": host}
        )
        assert answer.status_code == httpx.codes.PERMANENT_REDIRECT
        assert answer.headers["Location"] == f"https://{HOST}/sign-in?a=b"
    assert front.upstream.seen == []


def test_nothing_secret_is_written_down(front: Front) -> None:
    secret = f"{SECRET}?code={SECRET}&id_token_hint={SECRET}"
    headers = {"Authorization": SECRET, "Referer": f"https://{HOST}/?{SECRET}", "Cookie": SECRET}
    with front.client("127.0.0.9") as client:
        client.get(f"/reset-password/{secret}", headers=headers | {"User-Agent": SECRET})
        client.get(f"/{secret}", headers=headers)
        client.post("/token", content=b"a" * 200 * KIB, headers=headers)
    httpx.get(f"http://127.0.0.1:{front.nginx.http_port}/safety/{secret}", headers=headers)
    with _connected(front) as connection:
        connection.sendall(f"GET /safety/{SECRET} HTTP/1.1\r\n{SECRET}\r\n\r\n".encode())
        connection.recv(KIB)

    lines = [line.split(" ") for line in front.nginx.own_log.splitlines()]
    pages = [(line[1], line[2], line[3]) for line in lines]
    assert ("200", "GET", "/reset-password") in pages
    assert ("200", "GET", "/") in pages
    assert ("413", "POST", "/token") in pages
    assert ("308", "GET", "/safety") in pages
    assert SECRET not in front.nginx.all_logs
    assert "127.0.0.9" not in front.nginx.all_logs
    assert (front.nginx.folder / "access.log").read_text() == ""


def _connected(front: Front) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    return front.trust.wrap_socket(plain, server_hostname=HOST)


def test_a_provider_that_is_down_is_told_by_a_page(
    tmp_path_factory: pytest.TempPathFactory, authority: Authority
) -> None:
    certificate = authority.issue(HOST, "127.0.0.1")
    folder = tmp_path_factory.mktemp("nginx-alone")
    with server.running(folder, before=free_port(), certificate=certificate) as nginx:
        url = f"https://127.0.0.1:{nginx.https_port}/authorize/continue?code={SECRET}"
        with httpx.Client(verify=authority.trust, headers={"Host": HOST}) as client:
            pages = [client.get(url), client.post(url, content=b"a=b")]

        for page in pages:
            assert page.status_code == httpx.codes.BAD_GATEWAY
            assert "<h1>Sorry, the service is unavailable</h1>" in page.text
            assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
            assert page.headers["Cache-Control"] == "no-store"
            assert page.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert int(page.headers["Retry-After"]) > 0
            assert page.headers["Server"] == "nginx"
        assert SECRET not in nginx.all_logs
        assert " 502 GET /authorize " in nginx.own_log
