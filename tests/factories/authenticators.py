"""Keys made of software: they answer a page's options as a browser and its key would, or lie."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from accounts.models import Account, Authenticator, Passkey

Options = dict[str, Any]


@dataclass(frozen=True)
class Manner:
    """How a key and its browser answer; what is None is as the options ask for."""

    origin: str = field(default_factory=lambda: str(settings.ISSUER))
    domain: str | None = None
    challenge: str | None = None
    kind: str | None = None
    cross_origin: bool | None = False
    top_origin: str | None = None
    user_handle: str | None = None
    present: bool = True
    verified: bool = True
    backup_eligible: bool = True
    backed_up: bool = True
    counter: int = 0
    stored: bool | None = True


@dataclass
class SoftwareKey:
    """One key pair on one device. `manner` may differ from one answer to the next."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: token_bytes(32))
    user_handle: str = ""

    def make(self, options: Options, manner: Manner | None = None) -> str:
        """Return what a page sends after `navigator.credentials.create(options)`."""
        how = manner or Manner()
        self.user_handle = options["user"]["id"]
        said = _client_data(how, "webauthn.create", options["challenge"])
        attested = token_bytes(16) + len(self.id).to_bytes(2, "big") + self.id + self.public_key
        data = _authenticator_data(how, options["rp"]["id"], attested)
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"attestationObject": encoded(made), "transports": ["internal", "hybrid"]}
        stored = {} if how.stored is None else {"credProps": {"rk": how.stored}}
        return self._answer({**response, "clientDataJSON": encoded(said)}, stored)

    def get(self, options: Options, manner: Manner | None = None) -> str:
        """Return what a page sends after `navigator.credentials.get(options)`."""
        how = manner or Manner()
        said = _client_data(how, "webauthn.get", options["challenge"])
        data = _authenticator_data(how, options["rpId"])
        signed = self.private.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        handle = self.user_handle if how.user_handle is None else how.user_handle
        response = {
            "authenticatorData": encoded(data),
            "clientDataJSON": encoded(said),
            "signature": encoded(signed),
            **({"userHandle": handle} if handle else {}),
        }
        return self._answer(response, {})

    @property
    def public_key(self) -> bytes:
        """The public half as COSE (RFC 9053 §7.1.1)."""
        numbers = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        answer = {
            "id": encoded(self.id),
            "rawId": encoded(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
        return json.dumps(answer)


def key_of(
    account: Account, kind: Authenticator.Kind = Authenticator.Kind.PASSKEY, **columns: Any
) -> SoftwareKey:
    """Return a key that the account has; `columns` are those of its `Passkey` row."""
    key = SoftwareKey()
    if account.user_handle is None:
        account.user_handle = encoded(token_bytes(64))
        account.save(update_fields=["user_handle"])
    key.user_handle = account.user_handle
    defaults = {"backup_eligible": True, "backed_up": True, "user_verified": True}
    Passkey.objects.create(
        authenticator=Authenticator.objects.create(account=account, kind=kind, label="My key"),
        credential_id=encoded(key.id),
        public_key=encoded(key.public_key),
        discoverable=kind == Authenticator.Kind.PASSKEY,
        **{**defaults, **columns},
    )
    return key


def altered(answer: str, **response: Any) -> str:
    """Return the answer with parts of its response replaced; None leaves one out."""
    parts = json.loads(answer)
    for name, value in response.items():
        if value is None:
            parts["response"].pop(name, None)
        else:
            parts["response"][name] = value
    return json.dumps(parts)


def encoded(plain: bytes) -> str:
    """Return the bytes in base64url."""
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64url."""
    return urlsafe_b64decode(f"{text}===")


def _client_data(how: Manner, kind: str, challenge: str) -> bytes:
    said: dict[str, Any] = {
        "type": how.kind or kind,
        "challenge": how.challenge or challenge,
        "origin": how.origin,
    }
    said |= {} if how.cross_origin is None else {"crossOrigin": how.cross_origin}
    said |= {} if how.top_origin is None else {"topOrigin": how.top_origin}
    return json.dumps(said).encode()


def _authenticator_data(how: Manner, domain: str, attested: bytes = b"") -> bytes:
    # WebAuthn Level 3 §6.1: hash, flags, counter, and what a new key tells of itself.
    flags = (
        how.present
        | how.verified << 2
        | how.backup_eligible << 3
        | how.backed_up << 4
        | bool(attested) << 6
    )
    hashed = sha256((how.domain or domain).encode()).digest()
    return hashed + bytes([flags]) + how.counter.to_bytes(4, "big") + attested
