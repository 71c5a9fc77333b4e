"""Whoever holds a key and proves it by DPoP: a proof right in all parts, or spoilt in one."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from time import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from idp.keys.material import thumbprint
from idp.oidc.dpop import nonces
from tests.protocol.partner import Partner
from tests.protocol.signing import ISSUER, SigningKey, SigningPartner, signing_key

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

_WITH_PROOFS = {"/token", "/par"}


@dataclass
class Holder:
    """A key, and the proofs that it makes."""

    key: SigningKey = field(default_factory=lambda: signing_key("ES256"))

    @property
    def jwk(self) -> dict[str, Any]:
        """The public half, as a proof brings it."""
        return {name: value for name, value in self.key.jwk.items() if name != "kid"}

    @property
    def jkt(self) -> str:
        """The key's thumbprint."""
        return thumbprint(self.jwk)

    def claims(
        self, method: str, path: str, token: str | None = None, **changes: Any
    ) -> dict[str, Any]:
        """Return right claims of a proof, changed as asked; None leaves one out.

        What `after` made is a time of now.
        """
        right = {
            "jti": str(uuid4()),
            "htm": method,
            "htu": f"{ISSUER}{path}",
            "iat": int(time()),
            "nonce": nonces.current(timezone.now()),
            "ath": None if token is None else hashed(token),
        }
        claims = {**right, **changes}
        return {
            name: value() if callable(value) else value
            for name, value in claims.items()
            if value is not None
        }

    def proof(
        self,
        method: str,
        path: str,
        token: str | None = None,
        header: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> str:
        """Return a proof for a request, with changes to its right claims and header."""
        members = {"typ": "dpop+jwt", "kid": None, "jwk": self.jwk, **(header or {})}
        return self.key.sign(self.claims(method, path, token, **changes), **members)


def after(seconds: float) -> Callable[[], float]:
    """Return a time that is so many seconds away when it is looked at."""
    return lambda: int(time()) + seconds


def hashed(token: str) -> str:
    """Return the `ath` for an access token."""
    return urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()


@dataclass
class HoldingPartner(Partner):
    """An application that proves to hold its key wherever proofs are asked for."""

    holder: Holder = field(default_factory=Holder)

    def raw(self, path: str, body: str | bytes, **headers: str) -> "Answer":
        """Post a body with a new proof, unless the headers bring one; an empty one is left out."""
        if path in _WITH_PROOFS and "DPoP" not in headers:
            headers["DPoP"] = self.holder.proof("POST", path)
        return super().raw(path, body, **{name: text for name, text in headers.items() if text})

    def userinfo(self, token: str, **changes: str) -> "Answer":
        """Ask who signed in, with a new proof, unless the changes bring one."""
        right = {
            "Authorization": f"DPoP {token}",
            "DPoP": self.holder.proof("GET", "/userinfo", token),
        }
        headers = {name: text for name, text in {**right, **changes}.items() if text}
        return self.http.get("/userinfo", headers=headers)


@dataclass
class HoldingSigningPartner(HoldingPartner, SigningPartner):
    """One that also authenticates by private_key_jwt, with another key."""

    @classmethod
    def new(cls, **columns: Any) -> "HoldingSigningPartner":
        """Return a new application with one key, registered by value."""
        keyed = SigningPartner.keyed(**columns)
        return cls(keyed.application, key=keyed.key)
