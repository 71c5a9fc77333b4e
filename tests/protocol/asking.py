"""Asking for claims one by one, and what the application then learns (OIDC Core §5.5)."""

import json
from dataclasses import dataclass
from typing import Any

from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident

IN_EVERY_ID_TOKEN = {
    *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce"),
    *("acr", "amr", "sid", "at_hash"),
}


@dataclass(frozen=True)
class Told:
    """What an application learns of one sign-in, beyond what each ID token holds."""

    id_token: dict[str, Any]
    userinfo: dict[str, Any]
    answer: dict[str, Any]

    @property
    def extra(self) -> dict[str, Any]:
        """The members of the ID token that others do not have."""
        return {name: self.id_token[name] for name in self.id_token.keys() - IN_EVERY_ID_TOKEN}

    @property
    def no_details(self) -> bool:
        """Whether it says who signed in and nothing of them."""
        return self.userinfo.keys() == {"sub"} and not self.extra


def asking(userinfo: object = None, id_token: object = None, **others: object) -> str:
    """Return a claims parameter with these members."""
    members = {"userinfo": userinfo, "id_token": id_token, **others}
    return json.dumps({name: value for name, value in members.items() if value is not None})


def redeemed(partner: Partner, code: str) -> Told:
    """Return what this code leads to."""
    answer = body(
        partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": factories.REDIRECT_URI,
                "code_verifier": factories.VERIFIER,
            },
        )
    )
    return told(partner, answer)


def told(partner: Partner, answer: dict[str, Any]) -> Told:
    """Return what this token response leads to."""
    return Told(
        tokens.claims(answer["id_token"], partner.application.client_id),
        body(partner.userinfo(answer["access_token"])),
        answer,
    )


def learned(
    resident: Resident, partner: Partner, claims: str, scope: str = "openid", **changes: str
) -> Told:
    """Return what the application learns of a sign-in for which it asked for these claims."""
    answer = resident.answer(partner.application, scope=scope, claims=claims, **changes)
    return redeemed(partner, answer["code"])
