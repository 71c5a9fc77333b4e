"""A device's passkeys and security keys, by Chromium's virtual authenticators."""

from dataclasses import dataclass
from typing import Any, Self

from playwright.sync_api import CDPSession

from tests.journeys.visitor import Visitor

_PHONE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "defaultBackupEligibility": True,
    "defaultBackupState": True,
}
_SECURITY_KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Keys:
    """One authenticator in a visitor's browser."""

    cdp: CDPSession
    id: str

    @classmethod
    def phone(cls, visitor: Visitor) -> Self:
        """Give the visitor's device a lock, and room for passkeys."""
        return cls._plugged_in(visitor, _PHONE)

    @classmethod
    def security_key(cls, visitor: Visitor) -> Self:
        """Plug in a key that stores nothing and knows no PIN."""
        return cls._plugged_in(visitor, _SECURITY_KEY)

    @classmethod
    def strong_key(cls, visitor: Visitor) -> Self:
        """Plug in a key that stores passkeys and knows a PIN."""
        return cls._plugged_in(visitor, {**_PHONE, "transport": "usb"})

    def take_away(self) -> None:
        """Let the authenticator be somewhere else."""
        self._send("removeVirtualAuthenticator")

    def learn(self, credential: dict[str, Any]) -> None:
        """Let the authenticator have made a passkey before, as the protocol describes one."""
        self._send("addCredential", credential=credential)

    def unlock(self, *, succeeds: bool) -> None:
        """Say whether whoever is asked to unlock the device from now on can do so."""
        self._send("setUserVerified", isUserVerified=succeeds)

    def kept(self) -> list[dict[str, Any]]:
        """Return what the authenticator keeps."""
        credentials: list[dict[str, Any]] = self._send("getCredentials")["credentials"]
        return credentials

    def _send(self, command: str, **parameters: Any) -> Any:  # noqa: ANN401 - the answer's JSON
        return self.cdp.send(f"WebAuthn.{command}", {"authenticatorId": self.id, **parameters})

    @classmethod
    def _plugged_in(cls, visitor: Visitor, options: dict[str, Any]) -> Self:
        cdp = visitor.page.context.new_cdp_session(visitor.page)
        cdp.send("WebAuthn.enable", {"enableUI": False})
        added = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return cls(cdp, added["authenticatorId"])
