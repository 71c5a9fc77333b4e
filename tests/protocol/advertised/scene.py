"""What the trials of the metadata stand on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jwt
from pytest_django import Settings

from accounts.models import Account
from clients.models import Organisation
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


@dataclass(frozen=True)
class Scene:
    """A browser in which a resident is signed in, and the means to make applications.

    Beside the resident a test resident is, who has every detail.
    """

    resident: Resident
    account: Account
    settings: Settings
    made_up: Account
    organisation: Organisation

    def post(self, address: str, partner: Partner, **parameters: str) -> "Answer":
        """Return what the application gets at this address of the metadata."""
        return partner.post(address.removeprefix(tokens.ISSUER), parameters)

    def got(self, **changes: str | None) -> dict[str, Any]:
        """Return the token response of the test resident's sign-in, from the first request on."""
        partner = self.partner()
        code = self.resident.answer(partner.application, **changes)["code"]
        return body(partner.post("/token", {**EXCHANGE, "code": code}))

    def partner(self) -> Partner:
        """Return an application that the test resident can sign in to."""
        columns = {"of": self.organisation, "environment": "sandbox"}
        return Partner.confidential(scopes=ALL_SCOPES, **columns)

    def told(self, **changes: str | None) -> dict[str, Any]:
        """Return what a sign-in tells the application, in the ID token and at userinfo."""
        answer = self.got(**changes)
        userinfo = Partner.confidential().userinfo(answer["access_token"])
        return {**claims_of(answer["id_token"]), **body(userinfo)}


ALL_SCOPES: Final = ("openid", "profile", "email", "address", "phone", "offline_access")
EXCHANGE: Final = {
    "grant_type": "authorization_code",
    "redirect_uri": factories.REDIRECT_URI,
    "code_verifier": factories.VERIFIER,
}


def claims_of(token: str) -> dict[str, Any]:
    """Return what a JWT says, unchecked."""
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found
