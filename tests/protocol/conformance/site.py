"""The relying party's own web server: it takes what browsers and the provider send, over TLS."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

# The provider's worker may be starting, on a busy machine.
_SECONDS = 60


@dataclass(frozen=True)
class Received:
    """One request that reached the site."""

    method: str
    path: str
    query: dict[str, list[str]]
    form: dict[str, list[str]]
    content_type: str
    tls: str
    authorization: str
    body: bytes


@dataclass
class Site:
    """Answers every request; keeps each, and publishes documents."""

    port: int
    _documents: dict[str, bytes] = field(default_factory=dict)
    _accepting: set[str] = field(default_factory=set)
    _received: list[Received] = field(default_factory=list)
    _came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def origin(self) -> str:
        """The address that its paths follow."""
        return f"https://localhost:{self.port}"

    def publish(self, path: str, document: object) -> str:
        """Answer with these bytes, or this as JSON, from now on; return the address."""
        ready = document if isinstance(document, bytes) else json.dumps(document).encode()
        self._documents[path] = ready
        return f"{self.origin}{path}"

    def document(self, path: str) -> bytes:
        """Return what is published there: nothing, unless told otherwise."""
        return self._documents.get(path, b"")

    def accept(self, path: str) -> None:
        """Answer there by 202 from now on, as who takes something to look at later."""
        self._accepting.add(path)

    def status(self, path: str) -> int:
        """Return the HTTP status of an answer there."""
        return 202 if path in self._accepting else 200

    def keep(self, received: Received) -> None:
        """Take note of a request."""
        with self._came:
            self._received.append(received)
            self._came.notify_all()

    def received(self, path: str) -> list[Received]:
        """Return the requests for this path, oldest first."""
        with self._came:
            return [one for one in self._received if one.path == path]

    def wait_for(self, path: str) -> Received:
        """Return the first request for this path as soon as it has come."""
        with self._came:
            assert self._came.wait_for(lambda: self._has(path), timeout=_SECONDS), path
        return self.received(path)[0]

    def _has(self, path: str) -> bool:
        return any(one.path == path for one in self._received)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""

    def _answer(self, body: bytes) -> None:
        address, site = urlsplit(self.path), cast("Any", self.server).site
        document = site.document(address.path)
        # First: whoever has the answer may look at once for what was received.
        site.keep(
            Received(
                self.command,
                address.path,
                parse_qs(address.query, keep_blank_values=True),
                parse_qs(body.decode(), keep_blank_values=True),
                self.headers.get("Content-Type", ""),
                str(cast("ssl.SSLSocket", self.connection).version()),
                self.headers.get("Authorization", ""),
                body,
            )
        )
        self.send_response(site.status(address.path))
        is_json = document.startswith((b"{", b"["))
        self.send_header("Content-Type", "application/json" if is_json else "text/html")
        self.send_header("Content-Length", str(len(document)))
        self.end_headers()
        self.wfile.write(document)


@contextmanager
def listening(certificate: Path) -> Iterator[Site]:
    """Yield a site that listens on this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    # Each connection's own thread shakes hands: one that says nothing keeps no other out.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    site = Site(server.server_port)
    vars(server)["site"] = site
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
