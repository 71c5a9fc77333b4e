"""RFC 8725 §3.11, §3.12: a JWT of one kind passes nowhere for one of another kind.

A new kind of JWT joins by a line in KINDS, a new place that takes one by a line in PLACES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.utils import timezone

from accounts.models import Account
from idp.deliveries import logout_token
from idp.keys import queries as keys
from idp.models import AccessToken, Consent, Delivery, EventStream, SecurityEvent
from idp.receipts import token as receipt
from idp.ssf import security_event_token
from idp.ssf.event_types import EventType
from tests.protocol import tokens
from tests.protocol.partner import body
from tests.protocol.resident import Resident, sent
from tests.protocol.service import RETURN, Service
from tests.protocol.signed_requests import signed
from tests.protocol.signing import SigningPartner


@dataclass(frozen=True)
class Scene:
    """One resident signed in to one application, and all that it holds."""

    resident: Resident
    partner: SigningPartner
    service: Service

    def logout_token(self) -> str:
        """Return the logout token that the application would get for this sign-in."""
        partner = self.partner.application
        claims = tokens.claims(self.service.id_token, partner.client_id)
        delivery = Delivery(application=partner, sid=claims["sid"], subject=claims["sub"])
        return logout_token.make(delivery, key=keys.signing_key("ES256"), now=timezone.now())

    def security_event(self) -> str:
        """Return the token that tells the application of this sign-in's end."""
        partner = self.partner.application
        claims = tokens.claims(self.service.id_token, partner.client_id)
        event = SecurityEvent(
            stream=EventStream(application=partner),
            subject=claims["sub"],
            event_type=EventType.SESSION_REVOKED.uri,
            body={"event_timestamp": claims["iat"]},
            created_at=timezone.now(),
        )
        return security_event_token.make(event, key=keys.signing_key("ES256"))

    def stream_read(self, token: str) -> bool:
        """Say whether the application's stream may be read with this token."""
        return self._at_stream(token) == 200

    def stream_known(self, token: str) -> bool:
        """Say whether this is a good access token of the application's, if only for userinfo."""
        return self._at_stream(token) == 403

    def _at_stream(self, token: str) -> int:
        header = {"Authorization": f"Bearer {token}"}
        return self.partner.http.get("/ssf/stream", headers=header).status_code

    def receipt(self) -> str:
        """Return the receipt that the resident has of what they agreed to."""
        agreement = Consent.objects.select_related("account", "application").get()
        return receipt.make(agreement, key=keys.signing_key("ES256"), now=timezone.now())

    def granted(self, **parameters: str) -> bool:
        """Say whether the token endpoint gives anything for these parameters."""
        return self.partner.post("/token", parameters).status_code == 200

    def revoked(self, token: str) -> bool:
        """Say whether revocation ends anything for this token."""
        self.partner.post("/revoke", {"token": token})
        return AccessToken.objects.exclude(revoked_at=None).exists()

    def introspected(self, token: str) -> bool:
        """Say whether introspection calls the token good."""
        return bool(body(self.partner.post("/introspect", {"token": token}))["active"])

    def asked(self, **parameters: str) -> bool:
        """Say whether an authorization request that must be silent gets a code."""
        application = self.partner.application
        page = self.resident.ask(application, scope="openid", prompt="none", **parameters)
        return "code" in sent(page)

    def logged_out(self, token: str) -> bool:
        """Say whether a logout request with this hint leads back without a question."""
        answer: Any = self.service.sign_out(id_token_hint=token)
        return bool(answer.status_code == 303 and answer["Location"].startswith(RETURN))


# What is signed by us, and what by the application.
KINDS: Final[dict[str, Callable[[Scene], str]]] = {
    "ID token": lambda scene: scene.service.id_token,
    "access token": lambda scene: scene.service.access_token,
    "signed userinfo": lambda scene: scene.partner.userinfo(
        scene.service.access_token
    ).content.decode(),
    "logout token": lambda scene: scene.logout_token(),
    "security event token": lambda scene: scene.security_event(),
    "receipt": lambda scene: scene.receipt(),
    "client assertion": lambda scene: scene.partner.assertion(),
    "request object": lambda scene: signed(scene.partner, scope="openid", prompt="none"),
}
# Each place with the one kind that it takes, and whether it took this token.
PLACES: Final[dict[str, tuple[str, Callable[[Scene, str], bool]]]] = {
    "bearer": (
        "access token",
        lambda scene, token: scene.partner.userinfo(token).status_code == 200,
    ),
    "posted bearer": (
        "access token",
        lambda scene, token: (
            scene.partner.raw("/userinfo", f"access_token={token}").status_code == 200
        ),
    ),
    "bearer at a stream": ("none", lambda scene, token: scene.stream_read(token)),
    "known at a stream": ("access token", lambda scene, token: scene.stream_known(token)),
    "hint at authorize": ("ID token", lambda scene, token: scene.asked(id_token_hint=token)),
    "hint at logout": ("ID token", lambda scene, token: scene.logged_out(token)),
    "revocation": ("access token", lambda scene, token: scene.revoked(token)),
    "introspection": ("access token", lambda scene, token: scene.introspected(token)),
    "client authentication": (
        "client assertion",
        lambda scene, token: scene.partner.present(token).status_code == 200,
    ),
    "request": ("request object", lambda scene, token: scene.asked(request=token)),
    "refresh token": (
        "none",
        lambda scene, token: scene.granted(grant_type="refresh_token", refresh_token=token),
    ),
    "code": (
        "none",
        lambda scene, token: scene.granted(
            grant_type="authorization_code", code=token, redirect_uri="https://x.example/"
        ),
    ),
}


@pytest.fixture
def scene(resident: Resident, account: Account) -> Scene:
    resident.sign_in(account)
    partner = SigningPartner.keyed(userinfo_algorithm="ES256")
    return Scene(resident, partner, Service(resident, partner).sign_in())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_each_kind_is_taken_in_its_own_place_and_nowhere_else(
    scene: Scene, kind: str, place: str
) -> None:
    takes, is_taken = PLACES[place]
    assert is_taken(scene, KINDS[kind](scene)) is (kind == takes)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_signed_jwt(scene: Scene, kind: str) -> None:
    """Or the table above would show nothing."""
    header = tokens.header(KINDS[kind](scene))
    assert header.keys() == {"alg", "kid", "typ"}
