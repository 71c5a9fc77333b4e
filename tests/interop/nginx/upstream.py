"""A server behind nginx that keeps every request as it arrived there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    """One request; header names in small letters, values that came twice joined by a comma."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Upstream:
    """What arrived, what is answered, and how many connections were ever opened."""

    port: int
    seen: list[Request] = field(default_factory=list)
    connections: int = 0
    answer: dict[str, str] = field(default_factory=dict)

    def last(self) -> Request:
        """Return the newest request and forget all."""
        newest = self.seen[-1]
        self.seen.clear()
        return newest


@contextmanager
def recording() -> Iterator[Upstream]:
    """Yield one that answers every request with a page, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            upstream.connections += 1

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            names = {name.lower() for name in self.headers}
            headers = {name: ",".join(self.headers.get_all(name, [])) for name in names}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            upstream.seen.append(Request(self.command, self.path, headers, body))
            page = b"<p>A page of the provider's, long enough to be worth compressing.</p>" * 50
            self.send_response(200)
            for name, value in upstream.answer.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as listening:
        upstream = Upstream(listening.server_port)
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield upstream
        finally:
            listening.shutdown()
            thread.join()
