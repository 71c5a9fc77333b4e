"""Keyed hashes of random secrets, each stored with the id of its key so that keys can rotate.

HMAC-SHA-256 with a purpose mixed in: a hash made for one purpose never matches another. Only for
values with enough randomness (tokens, codes with a try limit); passwords go to Argon2id.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings


def digest(purpose: str, value: str) -> str:
    """Return `key id:hash` of the value under the newest key."""
    return _digest(next(iter(settings.HASH_KEYS)), purpose, value)


def candidates(purpose: str, value: str) -> list[str]:
    """Return the value's hash under every configured key, for an `__in` look-up."""
    return [_digest(key_id, purpose, value) for key_id in settings.HASH_KEYS]


def matches(purpose: str, value: str, stored: str) -> bool:
    """Say in constant time whether `stored` is a hash of the value."""
    key_id, _, _ = stored.partition(":")
    if key_id not in settings.HASH_KEYS:
        return False
    return hmac.compare_digest(_digest(key_id, purpose, value), stored)


def _digest(key_id: str, purpose: str, value: str) -> str:
    # A lone surrogate from a hostile URL must give a miss, not an error.
    message = f"{purpose}\0{value}".encode(errors="surrogatepass")
    mac = hmac.new(settings.HASH_KEYS[key_id].encode(), message, sha256).digest()
    return f"{key_id}:{urlsafe_b64encode(mac).rstrip(b'=').decode()}"
