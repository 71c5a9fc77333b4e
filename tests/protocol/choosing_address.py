"""Sharing with one of several email addresses chosen, and what the service is then told."""

from typing import Any

from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, sent

MAIN, WORK = "ann@example.org", "ann.work@example.org"


def shared(resident: Resident, partner: Partner, *, email: object, **asked: str) -> dict[str, Any]:
    """Share with this address chosen, and return the answer to the code."""
    page = resident.ask(partner.application, prompt="consent", **asked)
    code = sent(resident.press(page, "share", email=str(email)))["code"]
    given = {"code": code, "redirect_uri": factories.REDIRECT_URI}
    return body(
        partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code_verifier": factories.VERIFIER,
                **given,
            },
        )
    )


def told(partner: Partner, answer: dict[str, Any]) -> dict[str, Any]:
    """Return what userinfo says of the address now."""
    said = body(partner.userinfo(answer["access_token"]))
    return {name: said[name] for name in ("email", "email_verified") if name in said}
