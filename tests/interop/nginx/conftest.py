"""nginx with the shipped configuration, before a server that tells what reaches it."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.interop.authority import Authority
from tests.interop.nginx import server
from tests.interop.nginx.server import HOST, MTLS_HOST, Nginx
from tests.interop.nginx.upstream import Upstream, recording


@dataclass(frozen=True)
class Front:
    """The two, and a client that comes from an address of its choice."""

    nginx: Nginx
    upstream: Upstream
    trust: ssl.SSLContext
    authority: Path

    def client(self, address: str = "127.0.0.1") -> httpx.Client:
        """Return a client at this address of this machine."""
        transport = httpx.HTTPTransport(verify=self.trust, local_address=address)
        url = f"https://127.0.0.1:{self.nginx.https_port}"
        return httpx.Client(transport=transport, base_url=url, headers={"Host": HOST}, timeout=30)


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Front]:
    """Yield nginx before a server that keeps what it is sent."""
    certificate = authority.issue(HOST, "127.0.0.1", MTLS_HOST)
    with (
        recording() as upstream,
        server.running(
            tmp_path_factory.mktemp("nginx"), before=upstream.port, certificate=certificate
        ) as nginx,
    ):
        yield Front(nginx, upstream, authority.trust, authority.certificate)


@pytest.fixture(scope="session")
def silent(front: Front) -> Iterator[socket.socket]:
    """Yield a connection that sends half a form and nothing more."""
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    with front.trust.wrap_socket(plain, server_hostname=HOST) as connection:
        head = f"POST /token HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode() + b"half=")
        yield connection
