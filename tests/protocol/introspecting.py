"""Asking whether a token holds, as an API does."""

from typing import Any, Final

from clients.models import Resource
from tests.protocol.partner import Partner, body

ENDED: Final = {"active": False}


def ask(caller: Partner, token: str, **more: str) -> dict[str, Any]:
    """Return what introspection tells this caller."""
    answer = caller.post("/introspect", {"token": token, **more})
    assert answer.status_code == 200, answer.content
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")
    return body(answer)


def own_token(api: Resource) -> tuple[Partner, str]:
    """Return a program, and the token for the API that it got in its own name."""
    program = Partner.confidential(grant_types=["client_credentials"], scopes=[])
    api.callers.add(program.application)
    asked = {"grant_type": "client_credentials", "scope": "bins:read"}
    return program, body(program.post("/token", asked))["access_token"]
