"""A proxy through which a program asks the provider, and which changes what the program sends."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx

_PASSED_ON = ("Authorization", "Content-Type", "Accept")
Sent = dict[str, str]
Change = Callable[[Sent], Sent]


def untouched(sent: Sent) -> Sent:
    """Pass on what the program sends."""
    return sent


@dataclass
class Meddler:
    """`change` is what becomes of each form that is sent; `tokens` is the last that came back."""

    port: int
    change: Change = untouched
    tokens: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs are told to ask through it."""
        return {"http_proxy": f"http://127.0.0.1:{self.port}", "no_proxy": "", "NO_PROXY": ""}

    def ask(self, method: str, url: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        """Return the provider's answer to what becomes of a request."""
        if method == "POST":
            body = urlencode(self.change(dict(parse_qsl(body.decode())))).encode()
        with httpx.Client(trust_env=False) as client:
            answer = client.request(method, url, headers=headers, content=body)
        if method == "POST" and answer.is_success:
            self.tokens = json.loads(answer.content)
        return answer


@contextmanager
def meddling() -> Iterator[Meddler]:
    """Yield one that listens on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet: what passes here are tokens."""

        def _answer(self, method: str, body: bytes) -> None:
            headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
            answer = made.ask(method, self.path, headers, body)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Meddler(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
