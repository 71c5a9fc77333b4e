"""Encryption at rest for the few secrets that must be read back, such as signing keys.

Each stored value starts with the id of its key; the newest key encrypts.
"""

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(plain: bytes) -> str:
    """Return `key id:ciphertext` under the newest key."""
    key_id, key = next(iter(settings.FIELD_ENCRYPTION_KEYS.items()))
    return f"{key_id}:{Fernet(key).encrypt(plain).decode()}"


def decrypt(stored: str) -> bytes:
    """Return what was encrypted.

    Raises:
        KeyError: the key that encrypted it is no longer configured.
        cryptography.fernet.InvalidToken: the stored value was altered.
    """
    key_id, _, ciphertext = stored.partition(":")
    return Fernet(settings.FIELD_ENCRYPTION_KEYS[key_id]).decrypt(ciphertext.encode())
