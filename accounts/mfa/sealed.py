"""A secret that waits in a page's own form until its owner has shown that they have it too.

Nothing is stored for whoever looks at such a page and leaves.
"""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from accounts.security import encryption

# Enough for any of ours, and bounds what is decrypted.
LONGEST = 400
_TIME = 5
_UUID = 16


def seal(purpose: bytes, account: Account, secret: bytes) -> str:
    """Return the secret unreadably, for this account and purpose alone."""
    now = int(timezone.now().timestamp()).to_bytes(_TIME, "big")
    return encryption.encrypt(now + account.pk.bytes + purpose + b"\0" + secret)


def opened(purpose: bytes, account: Account, value: str) -> bytes | None:
    """Return the secret that was sealed so, or None for anything else and for what is too old."""
    if len(value) > LONGEST:
        return None
    try:
        plain = encryption.decrypt(value)
    except (InvalidToken, KeyError, UnicodeEncodeError):
        return None
    sealed_at, rest = int.from_bytes(plain[:_TIME], "big"), plain[_TIME:]
    start = account.pk.bytes + purpose + b"\0"
    # As long as a session can: whoever is slow has no other clock to beat.
    if timezone.now().timestamp() - sealed_at > settings.SESSION_ABSOLUTE.total_seconds():
        return None
    return rest.removeprefix(start) if rest.startswith(start) else None
