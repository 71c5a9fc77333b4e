"""Secrets must be long, different from one another, and not copied from an example."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name

from accounts.audit.keys import NotAKeyError, private
from idp.checks.registry import exposed, rule

_MAKE: Final = (
    "Make one with: python3 -c "
    "'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
)
_LEAST_SECRET_KEY: Final = 40
_LEAST_HASH_KEY_BYTES: Final = 32
_FEWEST_DIFFERENT: Final = 12
# Words of secrets that were typed, or copied from a manual.
_TYPED: Final = ("change", "default", "dev-", "example", "insecure", "only for", "secret", "test")


@rule
def secret_key_is_long() -> Iterator[CheckMessage]:
    """It signs the forms' tokens against forgery."""
    if len(settings.SECRET_KEY) < _LEAST_SECRET_KEY or _is_monotonous(settings.SECRET_KEY):
        yield Error(
            f"The secret key has fewer than {_LEAST_SECRET_KEY} characters or repeats few.",
            hint=f"Set BOROUGH_SECRET_KEY to a random value. {_MAKE}",
            id="borough.E010",
        )


@rule
def hash_keys_are_long() -> Iterator[CheckMessage]:
    """Whoever copied the database could otherwise try keys until a hash fits."""
    for key_id, key in settings.HASH_KEYS.items():
        if len(key.encode()) < _LEAST_HASH_KEY_BYTES or _is_monotonous(key):
            yield Error(
                f"The hash key {key_id!r} has fewer than {_LEAST_HASH_KEY_BYTES} bytes "
                "or repeats few.",
                hint=f"Replace it in BOROUGH_HASH_KEYS. {_MAKE}",
                id="borough.E011",
            )


@rule
def encryption_keys_fit() -> Iterator[CheckMessage]:
    """A key of another shape would fail at the first use, not at the start."""
    for key_id, key in settings.FIELD_ENCRYPTION_KEYS.items():
        try:
            Fernet(key)
        except ValueError:
            yield Error(
                f"The encryption key {key_id!r} is not 32 bytes in URL-safe base64.",
                hint=f"Replace it in BOROUGH_FIELD_ENCRYPTION_KEYS. {_MAKE}",
                id="borough.E012",
            )


@rule
def audit_log_is_sealed() -> Iterator[CheckMessage]:
    """Whoever owns the database could otherwise rewrite what it says of them."""
    if exposed() and not settings.AUDIT_KEYS:
        yield Error(
            "Nothing seals the audit log.",
            hint=f"Set BOROUGH_AUDIT_KEYS. {_MAKE}",
            id="borough.E015",
        )
    if exposed() and not settings.AUDIT_COPY:
        yield Warning(
            "The audit log's seals are not copied, so nobody would see that its end was cut off.",
            hint="Set BOROUGH_AUDIT_COPY to a file on another machine's disk.",
            id="borough.W015",
        )


@rule
def audit_keys_fit() -> Iterator[CheckMessage]:
    """A key of another shape would fail when it should seal."""
    for name, seed in settings.AUDIT_KEYS.items():
        try:
            private(name, seed)
        except NotAKeyError:
            yield Error(
                f"The audit key {name!r} is not 32 bytes in URL-safe base64.",
                hint=f"Replace it in BOROUGH_AUDIT_KEYS. {_MAKE}",
                id="borough.E016",
            )


@rule
def secrets_differ() -> Iterator[CheckMessage]:
    """One leak must not open two doors."""
    repeated = [name for name, count in Counter(_values()).items() if count > 1]
    if exposed() and repeated:
        yield Error(
            "One value serves as two secrets.",
            hint="Give BOROUGH_SECRET_KEY, each of BOROUGH_HASH_KEYS, "
            "BOROUGH_FIELD_ENCRYPTION_KEYS and BOROUGH_AUDIT_KEYS its own value.",
            id="borough.E013",
        )


@rule
def secrets_are_random() -> Iterator[CheckMessage]:
    """What was typed or copied, others know or guess."""
    typed = any(word in value.lower() for value in _values() for word in _TYPED)
    if exposed() and typed:
        yield Error(
            "A secret reads like an example.",
            hint="Look at BOROUGH_SECRET_KEY, BOROUGH_HASH_KEYS, "
            f"BOROUGH_FIELD_ENCRYPTION_KEYS and BOROUGH_AUDIT_KEYS. {_MAKE}",
            id="borough.E014",
        )


def _values() -> list[str]:
    rings = (settings.HASH_KEYS, settings.FIELD_ENCRYPTION_KEYS, settings.AUDIT_KEYS)
    return [settings.SECRET_KEY, *(key for ring in rings for key in ring.values())]


def _is_monotonous(secret: str) -> bool:
    return len(set(secret)) < _FEWEST_DIFFERENT
