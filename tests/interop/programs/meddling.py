"""A proxy through which a program asks the provider, and which changes what passes."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

_PASSED_ON = ("Authorization", "Content-Type", "Accept")
Sent = dict[str, Any]
Change = Callable[[Sent], Sent]


def untouched(sent: Sent) -> Sent:
    """Pass on what comes."""
    return sent


def of_somebody_else(details: Sent) -> Sent:
    """Turn somebody's details into those of another person."""
    return {**details, "sub": "somebody-else"}


@dataclass
class Meddler:
    """`change` is what becomes of each form that is sent, `details` of what userinfo answers.

    `told` counts the answers of userinfo that somebody got.
    """

    port: int
    change: Change = untouched
    details: Change = untouched
    told: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs are told to ask through it."""
        proxy = {"http_proxy": f"http://127.0.0.1:{self.port}", "NODE_USE_ENV_PROXY": "1"}
        return {**proxy, "no_proxy": "", "NO_PROXY": ""}

    def ask(self, method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Return status and body of what becomes of the provider's answer to a request."""
        if method == "POST":
            body = urlencode(self.change(dict(parse_qsl(body.decode())))).encode()
        with httpx.Client(trust_env=False) as client:
            answer = client.request(method, url, headers=headers, content=body)
        if urlsplit(url).path != "/userinfo" or not answer.is_success:
            return answer.status_code, answer.content
        self.told += 1
        return answer.status_code, json.dumps(self.details(answer.json())).encode()


@contextmanager
def meddling() -> Iterator[Meddler]:
    """Yield one that listens on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            """Take what follows on this connection as if it had been asked openly, as Node does."""
            self.send_response(200)
            self.end_headers()
            self.close_connection = False

        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet: what passes here are tokens."""

        def _answer(self, method: str, body: bytes) -> None:
            headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
            whole = self.path.startswith("http")
            url = self.path if whole else f"http://{self.headers['Host']}{self.path}"
            status, content = made.ask(method, url, headers, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Meddler(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
