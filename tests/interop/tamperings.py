"""What can be wrong with an ID token: a client that accepts one of these checks nothing there."""

import base64
import json
import time
from collections.abc import Callable

from tests.interop.proxy import Change, Proxy, read

Tampering = Callable[[Proxy], Change]


def _unannounced(proxy: Proxy) -> Change:
    proxy.announces_key = False
    return proxy.resigned()


def _new_name_under_old_signature(_proxy: Proxy) -> Change:
    def change(id_token: str) -> str:
        header, _, signature = id_token.split(".")
        return ".".join((header, _part(read(id_token) | {"sub": "somebody else"}), signature))

    return change


def _unsigned(_proxy: Proxy) -> Change:
    return lambda id_token: f"{_part({'alg': 'none'})}.{_part(read(id_token))}."


def _part(content: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


TAMPERINGS: dict[str, Tampering] = {
    "issuer": lambda proxy: proxy.resigned(iss="http://evil.test"),
    "audience": lambda proxy: proxy.resigned(aud="another application"),
    "nonce": lambda proxy: proxy.resigned(nonce="of another sign-in"),
    "expiry": lambda proxy: proxy.resigned(exp=int(time.time()) - 3600),
    "signed by an unknown key": _unannounced,
    "changed after signing": _new_name_under_old_signature,
    "unsigned": _unsigned,
}
