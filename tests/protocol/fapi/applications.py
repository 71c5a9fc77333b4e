"""Applications as the plans configure them, and what they do in one step."""

from typing import Any

from tests import factories
from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.high import HIGH
from tests.protocol.mtls.badges import BadgePartner
from tests.protocol.partner import Partner
from tests.protocol.pushing import open_, pushed
from tests.protocol.resident import Resident, Response, sent


def by_key(**columns: Any) -> HoldingSigningPartner:
    """Return a new one: private_key_jwt, DPoP."""
    return HoldingSigningPartner.new(**HIGH, **columns)


def by_certificate(**columns: Any) -> BadgePartner:
    """Return a new one: tls_client_auth, tokens bound to its certificate."""
    bound = {"dpop_bound_access_tokens": False, "certificate_bound_access_tokens": True}
    return BadgePartner.named("subject_dn", **{**HIGH, **bound, **columns})


def answer(resident: Resident, partner: Partner, **changes: str | None) -> dict[str, str]:
    """Push a request, let the resident share, and return what comes back."""
    return shared(resident, open_(resident, partner, pushed(partner, **changes)))


def shared(resident: Resident, page: Response) -> dict[str, str]:
    """Let the resident share where that is asked, and return what comes back."""
    return sent(resident.press(page, "share") if page.status_code == 200 else page)


def redeem(partner: Partner, code: str, **changes: str) -> Response:
    """Exchange a code, with changes; an empty one is left out."""
    parameters = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": factories.REDIRECT_URI,
        "code_verifier": factories.VERIFIER,
        **changes,
    }
    return partner.post("/token", {name: text for name, text in parameters.items() if text})


def is_error_page(page: Response) -> bool:
    """Say whether it is a page of ours that leads nowhere."""
    return bool(page.status_code == 400 and "Location" not in page)
