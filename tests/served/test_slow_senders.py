"""Connections that never finish what they send do not stop the provider for everybody."""

import contextlib
import socket
from urllib.parse import urlsplit

import httpx

from tests.serving.provider import Served

# Each holds a thread for as long as it stays open. Far fewer than there are threads: what keeps
# all strangers' away is the web server in front, see deploy/nginx.conf.
UNFINISHED = 12
_BEGUN = (
    b"POST /token HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b"
)


def test_unfinished_bodies_keep_nobody_out(served: Served) -> None:
    port = urlsplit(served.issuer).port
    with contextlib.ExitStack() as held:
        for _connection in range(UNFINISHED):
            opened = held.enter_context(socket.create_connection(("localhost", port)))
            opened.sendall(_BEGUN)
        for path in ("/healthz", "/readyz", "/help/contact"):
            answer = httpx.get(f"{served.issuer}{path}", timeout=30)
            assert answer.status_code == httpx.codes.OK
