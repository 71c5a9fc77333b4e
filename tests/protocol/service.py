"""A service in one browser: what it got there, and how it asks to sign out."""

from typing import Any
from urllib.parse import urlencode

from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, sent

RETURN = "https://service.example.org/signed-out"
STATE = "s" * 128


class Service:
    """One application and one browser, with the tokens of its sign-in."""

    def __init__(self, resident: Resident, partner: Partner) -> None:
        self.resident, self.partner = resident, partner
        self.id_token = ""
        self.access_token = self.refresh_token = ""

    def sign_in(self) -> "Service":
        """Bring the resident here and redeem the code."""
        code = self.resident.answer(self.partner.application, scope="openid offline_access")["code"]
        response: Any = self.partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": factories.REDIRECT_URI,
                "code_verifier": factories.VERIFIER,
            },
        )
        tokens = response.json()
        self.id_token, self.access_token = tokens["id_token"], tokens["access_token"]
        self.refresh_token = tokens["refresh_token"]
        return self

    def wish(self, **changes: str | None) -> dict[str, str]:
        """Return a good logout request, with changes; None leaves a parameter out."""
        good: dict[str, str | None] = {
            "id_token_hint": self.id_token,
            "post_logout_redirect_uri": RETURN,
            "state": STATE,
        }
        return {name: text for name, text in {**good, **changes}.items() if text is not None}

    def sign_out(self, **changes: str | None) -> Response:
        """Send the resident to the provider to sign out."""
        return self.resident.get(f"/logout?{urlencode(self.wish(**changes))}")

    def knows_who(self) -> bool:
        """Say whether userinfo still answers."""
        return self.partner.userinfo(self.access_token).status_code == 200

    def silent(self) -> dict[str, str]:
        """Ask with prompt=none."""
        return sent(self.resident.ask(self.partner.application, prompt="none", scope="openid"))
