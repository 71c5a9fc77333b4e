"""The keys of seals (Ed25519, RFC 8032): they stand in the environment, never in the database."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

PublicKeys = Mapping[str, Ed25519PublicKey]


class NoKeyError(Exception):
    """Nothing can be signed: BOROUGH_AUDIT_KEYS names no key."""


class NotAKeyError(Exception):
    """What should be a key is none; the message says which."""


@dataclass(frozen=True)
class Signer:
    """The key that signs now, and its name."""

    name: str
    private: Ed25519PrivateKey

    def signature(self, text: str) -> str:
        """Return the signature of a text, in base64url."""
        return urlsafe_b64encode(self.private.sign(text.encode("ascii"))).decode()


def signer() -> Signer:
    """Return the first key of the settings.

    Raises:
        NoKeyError: there is none.
    """
    for name, seed in settings.AUDIT_KEYS.items():
        return Signer(name, private(name, seed))
    raise NoKeyError


def private(name: str, seed: str) -> Ed25519PrivateKey:
    """Return the private key of a seed: 32 bytes in base64url.

    Raises:
        NotAKeyError: it is not of that form.
    """
    try:
        return Ed25519PrivateKey.from_private_bytes(urlsafe_b64decode(seed))
    except ValueError as error:
        raise NotAKeyError(name) from error


def public() -> PublicKeys:
    """Return the public keys of the settings, by name."""
    return {name: private(name, seed).public_key() for name, seed in settings.AUDIT_KEYS.items()}


def as_texts(keys: PublicKeys) -> dict[str, str]:
    """Return public keys in base64url by name, for auditors."""
    return {name: urlsafe_b64encode(key.public_bytes_raw()).decode() for name, key in keys.items()}


def from_lines(text: str) -> PublicKeys:
    """Read lines of `name: key`, as `manage.py audit public-key` prints them.

    Raises:
        NotAKeyError: a line is of another form.
    """
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, key = line.partition(":")
        try:
            found[name] = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(key.strip()))
        except ValueError as error:
            raise NotAKeyError(name) from error
    return found


def is_signed(keys: PublicKeys, name: str, text: str, signature: str) -> bool:
    """Say whether the key of this name made the signature of the text."""
    try:
        keys[name].verify(urlsafe_b64decode(signature), text.encode("ascii"))
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True
