"""Proof Key for Code Exchange: only whoever began a request can use its code (RFC 7636)."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import Final

_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # §4.1


def verifies(verifier: str, challenge: str) -> bool:
    """Say whether the verifier is the one that this S256 challenge was made from (§4.6)."""
    # RFC 9700 §4.8.2: a verifier for a code without a challenge is refused too, or somebody could
    # strip PKCE from a request unnoticed.
    if not verifier or not challenge:
        return not verifier and not challenge
    if not _VERIFIER.fullmatch(verifier):
        return False
    digest = sha256(verifier.encode("ascii")).digest()
    made = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return compare_digest(made, challenge)
