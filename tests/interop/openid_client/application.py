"""An application as its developer tells the library of it."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tests.interop.conftest import Client

ALGORITHMS: Final = ("ES256", "RS256", "PS256", "EdDSA")
_PUBLIC: Final = {"kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"}


@dataclass(frozen=True)
class Application:
    """What it got when it was registered, and how it goes on."""

    client: Client
    method: str = "client_secret_basic"
    key: dict[str, str] | None = None
    scope: str = "openid profile email offline_access"
    post_logout_redirect_uri: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return what a flow is given of it."""
        # The library takes what is not said as whatever comes: here only what was agreed on is.
        agreed = {"id_token_signed_response_alg": "ES256", **self.metadata}
        told = {name: value for name, value in asdict(self).items() if name != "client"}
        return {**asdict(self.client), **told, "metadata": agreed}


def new_key(algorithm: str) -> dict[str, str]:
    """Return a private key as JWK, named after its algorithm."""
    match algorithm:
        case "ES256":
            text = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()))
        case "EdDSA":
            text = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate())
        case _:
            text = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048))
    members = {name: value for name, value in json.loads(text).items() if name != "key_ops"}
    return {**members, "kid": algorithm, "alg": algorithm}


def public_part(key: dict[str, str]) -> dict[str, str]:
    """Return what others may know of a private key."""
    return {name: value for name, value in key.items() if name in _PUBLIC}
