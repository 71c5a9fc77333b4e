"""A public key in PEM (RFC 7468 §13), as `openssl pkey -pubout` writes it."""

import re
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt import InvalidKeyError
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from clients.applications.keys.material import MalformedKeyError

# To type where the key shall be: the first keeps it, the second prints what may be shown.
COMMANDS: Final = (
    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out private-key.pem\n"
    "openssl pkey -in private-key.pem -pubout"
)
_BEGINS: Final = "-----BEGIN "
# RFC 7468 §10, §11; before them each kind of key had a label of its own, such as EC PRIVATE KEY.
_PRIVATE: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def is_pem(text: str) -> bool:
    """Say whether a text passes for PEM, whatever is in it."""
    return text.startswith(_BEGINS)


def holds_private_key(text: str) -> bool:
    """Say whether a private key is in a text."""
    return _PRIVATE.search(text) is not None


def jwk_set(text: str) -> dict[str, Any]:
    """Return the public key of a text as a set of one, without a name (RFC 7517 §5).

    Raises:
        MalformedKeyError: there is none, or of no kind that signs here.
    """
    try:
        return {"keys": [_jwk(load_pem_public_key(text.encode()))]}
    # The last: of a curve that no JWK names.
    except (ValueError, UnsupportedAlgorithm, InvalidKeyError) as error:
        raise MalformedKeyError from error


def _jwk(key: object) -> dict[str, Any]:
    match key:
        case ec.EllipticCurvePublicKey():
            return ECAlgorithm.to_jwk(key, as_dict=True)
        case rsa.RSAPublicKey():
            return RSAAlgorithm.to_jwk(key, as_dict=True)
        case Ed25519PublicKey():
            return OKPAlgorithm.to_jwk(key, as_dict=True)
    raise MalformedKeyError
