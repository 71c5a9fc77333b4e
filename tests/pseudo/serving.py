"""The album's pages with their static files on a loopback port."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from tests.environment import ROOT
from tests.pseudo.shown import Shown


@contextmanager
def serving(shown: Shown) -> Iterator[str]:
    """Yield an address; `/album/7` under it is the page in place 7."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    vars(server)["shown"] = shown
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = ROOT / "accounts" / path.removeprefix("/")
        if path.startswith("/album/"):
            page = vars(self.server)["shown"].pages[int(path.rpartition("/")[2])]
            policy = {"Content-Security-Policy": page.policy, "Cache-Control": "no-store"}
            self._answer(200, "text/html; charset=utf-8", page.html.encode(), policy)
        elif file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._answer(200, kind, file.read_bytes(), {"Cache-Control": "max-age=3600"})
        else:
            self._answer(404, "text/plain", b"", {})

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        named = {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
        for name, value in named.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""
