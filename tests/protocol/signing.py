"""An application that signs: its keys, its assertions, and JWTs spoilt in every part."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from time import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm, get_default_algorithms

from tests import factories
from tests.protocol.partner import Partner

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ISSUER: Final = "http://localhost:8000"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True)
class SigningKey:
    """A private key, its name, and what it signs with."""

    private: PrivateKey
    algorithm: str
    kid: str

    @property
    def jwk(self) -> dict[str, Any]:
        """The public half, as an application registers it."""
        if isinstance(self.private, Ed25519PrivateKey):
            members = OKPAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        elif isinstance(self.private, rsa.RSAPrivateKey):
            members = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        else:
            members = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        members.pop("key_ops", None)
        return {**members, "kid": self.kid}

    def sign(self, claims: Mapping[str, Any], **header: Any) -> str:
        """Return a JWT; a member of the header that is None is left out."""
        members = {"alg": self.algorithm, "kid": self.kid, "typ": "JWT", **header}
        return self.sign_text(
            json.dumps({name: value for name, value in members.items() if value is not None}),
            json.dumps(claims),
        )

    def sign_text(self, header: str, claims: str) -> str:
        """Return a JWT of these very texts."""
        signed = f"{encoded(header.encode())}.{encoded(claims.encode())}"
        signature = get_default_algorithms()[self.algorithm].sign(signed.encode(), self.private)
        return f"{signed}.{encoded(signature)}"


@cache
def signing_key(algorithm: str, kid: str = "one", *, bits: int = 2048) -> SigningKey:
    """Return a key; the same for the same arguments, as RSA keys are slow to make."""
    if algorithm == "EdDSA":
        return SigningKey(Ed25519PrivateKey.generate(), algorithm, kid)
    if algorithm == "ES256":
        return SigningKey(ec.generate_private_key(ec.SECP256R1()), algorithm, kid)
    return SigningKey(rsa.generate_private_key(65537, bits), algorithm, kid)


@dataclass
class SigningPartner(Partner):
    """An application that authenticates by private_key_jwt."""

    key: SigningKey = field(default_factory=lambda: signing_key("ES256"))

    @classmethod
    def keyed(cls, algorithm: str = "ES256", **columns: Any) -> "SigningPartner":
        """Return a new application with one key, registered by value."""
        key = signing_key(algorithm)
        columns = {"jwks": {"keys": [key.jwk]}, **columns}
        method = {"token_endpoint_auth_method": "private_key_jwt"}
        return cls(factories.application(**{**method, **columns}), key=key)

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Return right claims of an assertion, changed as asked; None leaves one out."""
        now, client_id = int(time()), self.application.client_id
        right = {
            "iss": client_id,
            "sub": client_id,
            "aud": ISSUER,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 60,
        }
        return {name: value for name, value in {**right, **changes}.items() if value is not None}

    def assertion(self, **changes: Any) -> str:
        """Return an assertion with changes to its right claims."""
        return self.key.sign(self.claims(**changes))

    def post(self, path: str, parameters: dict[str, str], **headers: str) -> "Answer":
        """Post the parameters with a new assertion, unless they bring one."""
        right = {"client_assertion_type": ASSERTION_TYPE}
        if "client_assertion" not in parameters:
            right["client_assertion"] = self.assertion()
        return self.raw(path, urlencode({**right, **parameters}), **headers)

    def present(self, assertion: str, **more: str) -> "Answer":
        """Ask for something that any application may do, with this assertion."""
        return self.post("/revoke", {"token": "nonsense", "client_assertion": assertion, **more})


def encoded(plain: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(plain).rstrip(b"=").decode()
