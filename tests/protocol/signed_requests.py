"""Requests that an application signed: good ones, spoilt ones, and how a browser brings them."""

import json
from time import time
from typing import Any
from urllib.parse import urlencode

from idp.models import AuthorizationRequest
from tests.protocol.partner import Partner
from tests.protocol.resident import (
    Resident,
    Response,
    main_text,
    parameters,
)
from tests.protocol.signing import ISSUER, SigningPartner, encoded

EVIL = "https://evil.example/cb"


def wish(partner: SigningPartner, **changes: Any) -> dict[str, Any]:
    """Return the claims of a good request object, with changes; None leaves one out."""
    now = int(time())
    right = {
        **parameters(partner.application),
        "iss": partner.application.client_id,
        "aud": ISSUER,
        "iat": now,
        "nbf": now,
        "exp": now + 60,
        "state": "inside",
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def signed(partner: SigningPartner, **changes: Any) -> str:
    """Return a good request object, with changes to its claims."""
    return partner.key.sign(wish(partner, **changes), typ="oauth-authz-req+jwt")


def unsigned(partner: SigningPartner, **changes: Any) -> str:
    """Return a request object that says by itself that nobody signed it."""
    parts = ({"alg": "none"}, wish(partner, **changes))
    head, claims = (encoded(json.dumps(part).encode()) for part in parts)
    return f"{head}.{claims}."


def ask(resident: Resident, partner: Partner, **outside: str | None) -> Response:
    """Come with these parameters beside the client_id, and no others."""
    query = {"client_id": partner.application.client_id, **outside}
    text = urlencode({name: value for name, value in query.items() if value is not None})
    return resident.get(f"/authorize?{text}")


def is_shown(page: Response, error: str) -> bool:
    """Say whether it is a page that leads nowhere and names this error."""
    assert page.status_code == 400
    assert "Location" not in page
    assert error in main_text(page), main_text(page)
    assert not AuthorizationRequest.objects.exists()
    return True
