"""An internet of this machine's own: public names lead to its ports, and /etc/hosts stays as it is.

It is a proxy that tunnels (RFC 9110 §9.3.6, CONNECT) to the hosts that it knows and to no other, so
that every client, whatever its language, speaks TLS with the name that it was told.
"""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer

_CHUNK = 64 * 1024
_IDLE_SECONDS = 60


@dataclass
class Internet:
    """`hosts`: a name with its port, such as login.borough.example:443, and the port here."""

    port: int
    hosts: dict[str, int] = field(default_factory=dict)

    @property
    def proxy(self) -> str:
        """The proxy, as clients want to have it."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def internet() -> Iterator[Internet]:
    """Yield an empty one, which ends with the block."""

    class Tunnel(StreamRequestHandler):
        def handle(self) -> None:
            method, target, *_rest = self.rfile.readline().decode("latin-1").split(" ")
            while self.rfile.readline().strip():
                pass
            port = made.hosts.get(target)
            if method != "CONNECT" or port is None:
                self.wfile.write(b"HTTP/1.1 502 Unknown host\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", port)) as server:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                _join(self.connection, server)

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Tunnel) as listening:
        made = Internet(listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            listening.shutdown()
            thread.join()


def _join(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""
    across = {one: other, other: one}
    while ready := select.select([one, other], [], [], _IDLE_SECONDS)[0]:
        for side in ready:
            try:
                data = side.recv(_CHUNK)
                across[side].sendall(data)
            except OSError:
                return
            if not data:
                return


def listens(port: int) -> bool:
    """Whether a program on this machine takes connections at this port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
