"""Requests that an application pushes, and browsers that open them."""

from urllib.parse import urlencode

from tests.protocol.partner import Partner, body
from tests.protocol.resident import (
    Resident,
    Response,
    parameters,
)

URN = "urn:ietf:params:oauth:request_uri:"


def push(partner: Partner, **changes: str | None) -> Response:
    """Push a good request, with changes; None leaves a parameter out."""
    return partner.post("/par", parameters(partner.application, **changes))


def pushed(partner: Partner, **changes: str | None) -> str:
    """Push a good request, with changes, and return its request_uri."""
    answer = push(partner, **changes)
    assert answer.status_code == 201, answer.content
    return str(body(answer)["request_uri"])


def open_(resident: Resident, partner: Partner, request_uri: str, **more: str) -> Response:
    """Open the request in a browser."""
    names = {"client_id": partner.application.client_id, "request_uri": request_uri, **more}
    return resident.get(f"/authorize?{urlencode(names)}")
