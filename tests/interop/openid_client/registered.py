"""The applications that these tests register, and the API that one of them calls."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.interop.conftest import Client
from tests.interop.openid_client.application import ALGORITHMS, Application, new_key, public_part
from tests.serving.provider import Served

REDIRECT_URI: Final = "http://127.0.0.1:9/callback"
SIGNED_OUT_URI: Final = "http://127.0.0.1:9/signed-out"
API: Final = "https://bins.example/api"

Command = tuple[str, ...]
WHOSE: Final = "--organisation=interop-trust"
_SCOPES: Final = tuple(
    f"--scope={scope}:public_task:To try a client library"
    for scope in ("openid", "profile", "email", "offline_access")
)
_TOKEN: Final = (
    *("initial_access_token", "create", WHOSE, "--name=Library", "--applications=100"),
    *_SCOPES,
)
_API: Final = (
    ("resource", "create", WHOSE, "--name=Bins", f"--identifier={API}", "--scope=bins:read"),
    ("resource", "let-call", "bins", "lorry"),
    ("resource", "let-serve", "bins", "web"),
)


@dataclass(frozen=True)
class Registered:
    """The applications by their short names, and what lets others register themselves."""

    applications: dict[str, Application]
    initial_access_token: str


def register_all(served: Served, folder: Path, heard_at: str) -> Registered:
    """Register them all; one is told of sign-outs at an address."""
    keys = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
    hears = f"--backchannel-logout-uri={heard_at}"
    commands = {
        "web": _signs_in("web", f"--post-logout-redirect-uri={SIGNED_OUT_URI}", hears),
        "page": _signs_in("page", "--kind=spa"),
        "lorry": _application("lorry", "--kind=service"),
        "screen": _application("screen", "--kind=device", *_SCOPES),
        "radio": _application("radio", "--kind=device", *_SCOPES),
        **{name: _signs_in(name, *_signed(key, folder)) for name, key in keys.items()},
    }
    wanted = (_TOKEN, *commands.values(), *_API)
    token, *created = [served.manage(*command) for command in wanted][:-3]
    clients = dict(zip(commands, map(_client, created), strict=True))
    applications = {
        "web": Application(clients["web"], post_logout_redirect_uri=SIGNED_OUT_URI),
        "page": Application(clients["page"], method="none", scope="openid profile email"),
        "lorry": Application(clients["lorry"]),
        "screen": Application(clients["screen"], method="none"),
        "radio": Application(clients["radio"], method="none"),
        **{name: _signing(clients[name], key) for name, key in keys.items()},
    }
    return Registered(applications, token["token"])


def _signs_in(name: str, *more: str) -> Command:
    return _application(name, f"--redirect-uri={REDIRECT_URI}", *_SCOPES, *more)


def _application(name: str, *more: str) -> Command:
    about = (WHOSE, "--sandbox", f"--name={name}", f"--slug={name.lower()}")
    return ("application", "create", *about, *more)


def _signed(key: dict[str, str], folder: Path) -> Command:
    """Return what has everything signed by the algorithm of the key, on both sides."""
    keys = folder / f"{key['alg']}.json"
    keys.write_text(json.dumps({"keys": [public_part(key)]}))
    answers = (f"--algorithm={key['alg']}", f"--userinfo-algorithm={key['alg']}")
    return ("--auth-method=private_key_jwt", f"--jwks={keys}", *answers)


def _signing(client: Client, key: dict[str, str]) -> Application:
    answers = ("id_token_signed_response_alg", "userinfo_signed_response_alg")
    agreed = dict.fromkeys(answers, key["alg"])
    return Application(client, method="private_key_jwt", key=key, metadata=agreed)


def _client(created: dict[str, Any]) -> Client:
    return Client(created["client_id"], created.get("client_secret", ""), REDIRECT_URI)
