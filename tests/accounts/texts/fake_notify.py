"""GOV.UK Notify as its Python client sees it, on a loopback port: takes what one key signs."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt

SERVICE, SECRET = "0f0f0f0f-0000-4000-8000-000000000001", "0f0f0f0f-0000-4000-8000-000000000002"
KEY = f"borough-{SERVICE}-{SECRET}"
WRONG_KEY = f"borough-{SERVICE}-0f0f0f0f-0000-4000-8000-000000000003"


@dataclass
class Notify:
    """What it was sent, and how it answers: with this status and text, after so many seconds."""

    url: str
    status: int = 201
    text: str = '{"id": "1"}'
    seconds: float = 0
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Notify]:
    """Yield one that answers until the block ends."""
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    notify = Notify(f"http://127.0.0.1:{server.server_port}")
    vars(server)["notify"] = notify
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        notify: Notify = vars(self.server)["notify"]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(notify.seconds)
        if not self._is_signed():
            self._answer(403, '{"errors": [{"error": "AuthError", "message": "Invalid token"}]}')
            return
        if notify.status == 201:
            notify.taken.append((self.path, body))
        self._answer(notify.status, notify.text)

    def _is_signed(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        options: Any = {"verify_iat": False}
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options=options)
        except jwt.InvalidTokenError:
            return False
        return bool(claims["iss"] == SERVICE)

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""
