"""A man in the middle of the token endpoint, to find out whether a client checks what it gets."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

Claims = dict[str, Any]
Change = Callable[[str], str]


def untouched(id_token: str) -> str:
    """Pass the provider's own ID token on."""
    return id_token


def read(id_token: str) -> Claims:
    """Return the claims of an ID token, unverified."""
    claims: Claims = jwt.decode(id_token, options={"verify_signature": False})
    return claims


@dataclass
class Proxy:
    """Forwards to the provider's token endpoint and JWKS, and changes what `change` says.

    Its own key is announced among the provider's, so that a token it signs anew is wrong in
    nothing but the claim that was changed.
    """

    provider: dict[str, str]
    url: str = ""
    change: Change = untouched
    announces_key: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def reset(self) -> None:
        """Change nothing any more."""
        self.change, self.announces_key = untouched, True

    def resigned(self, **claims: object) -> Change:
        """Return a change that sets these claims and signs with the proxy's own key."""
        return lambda id_token: self.sign(read(id_token) | claims)

    def sign(self, claims: Claims) -> str:
        """Return a token of the proxy's own."""
        return jwt.encode(claims, self.key, algorithm="ES256", headers={"kid": "proxy"})

    def token(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Forward a token request; return status and body of the answer, its ID token changed."""
        answer = httpx.post(self.provider["token_endpoint"], content=body, headers=headers)
        content = answer.json()
        if "id_token" in content:
            content["id_token"] = self.change(content["id_token"])
        return answer.status_code, json.dumps(content).encode()

    def jwks(self) -> bytes:
        """Return the provider's keys, with the proxy's among them when it announces itself."""
        keys = httpx.get(self.provider["jwks_uri"]).json()["keys"]
        if self.announces_key:
            public = jwt.get_algorithm_by_name("ES256").to_jwk(self.key.public_key(), as_dict=True)
            keys.append(public | {"kid": "proxy", "alg": "ES256", "use": "sig"})
        return json.dumps({"keys": keys}).encode()


@contextmanager
def between(provider: dict[str, str]) -> Iterator[Proxy]:
    """Yield a proxy that listens on this machine until the block ends."""
    proxy = Proxy(provider)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, proxy.jwks())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            names = ("Authorization", "Content-Type")
            kept = {name: self.headers[name] for name in names if name in self.headers}
            self._send(*proxy.token(body, kept))

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet: what passes here are tokens."""

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
