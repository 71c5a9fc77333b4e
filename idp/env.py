"""Typed readers of environment variables that fail loudly and never guess."""

import os
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str | None = None) -> str:
    """Return the variable's text, from `NAME` or from the file that `NAME_FILE` names.

    Raises:
        ImproperlyConfigured: neither is set and there is no default, both are set, or the file
            cannot be read.
    """
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and path is not None:
        message = f"Set {name} or {name}_FILE, not both."
        raise ImproperlyConfigured(message)
    if path is not None:
        return _contents(f"{name}_FILE", path)
    if value is None:
        value = default
    if value is None:
        message = f"Set {name} (or {name}_FILE): it has no default."
        raise ImproperlyConfigured(message)
    return value.strip()


def _contents(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        # A UnicodeError's own text would quote the file, which holds a secret.
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        message = f"{name} names {path!r}, which cannot be read: {reason}."
        raise ImproperlyConfigured(message) from error


def one_of(name: str, default: str, allowed: Collection[str]) -> str:
    """Return the variable, in capitals; anything but one of the allowed words is refused."""
    value = text(name, default).upper()
    if value not in allowed:
        message = f"{name} must be one of {', '.join(allowed)}, not {value!r}."
        raise ImproperlyConfigured(message)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as a truth value; anything but a clear yes or no is refused."""
    value = text(name, "yes" if default else "no").lower()
    if value not in _TRUE | _FALSE:
        message = f"{name} must be yes or no, not {value!r}."
        raise ImproperlyConfigured(message)
    return value in _TRUE


def integer(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable as a whole number of at least `least`."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        message = f"{name} must be a whole number, not {value!r}."
        raise ImproperlyConfigured(message) from error
    if number < least:
        message = f"{name} must be at least {least}."
        raise ImproperlyConfigured(message)
    return number


def seconds(name: str, default: int) -> timedelta:
    """Return the variable, a number of seconds, as a length of time."""
    return timedelta(seconds=integer(name, default, least=1))


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def pairs(name: str, default: str) -> list[tuple[str, str]]:
    """Return `key:value` parts in the order written.

    Raises:
        ImproperlyConfigured: there is none, or one lacks its key or value.
    """
    parts = [word.partition(":") for word in words(name, default)]
    if not parts or not all(key and value for key, _colon, value in parts):
        message = f"Each part of {name} must be key:value."
        raise ImproperlyConfigured(message)
    return [(key, value) for key, _colon, value in parts]


def keyring(name: str, *, may_be_empty: bool = False) -> dict[str, str]:
    """Return `id:secret` pairs in the order written, the newest (used for new values) first.

    Raises:
        ImproperlyConfigured: there is none and there must be, one lacks its id or secret, or an id
            is repeated.
    """
    ring: dict[str, str] = {}
    for key_id, _, secret in (word.partition(":") for word in words(name, "")):
        # Left out in silence, it would make everything unreadable that was stored under it.
        if not key_id or not secret or key_id in ring:
            message = f"Each part of {name} must be id:secret, with an id of its own."
            raise ImproperlyConfigured(message)
        ring[key_id] = secret
    if not ring and not may_be_empty:
        message = f"{name} must name at least one key, as id:secret."
        raise ImproperlyConfigured(message)
    return ring


def database(name: str, default: str) -> dict[str, object]:
    """Return Django's settings for a `sqlite:///path` or `postgresql://…` address."""
    try:
        parts = urlsplit(text(name, default))
        port = parts.port
    except ValueError as error:
        message = f"{name} is not an address: {error}."
        raise ImproperlyConfigured(message) from error
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    message = f"{name} must start with sqlite:/// or postgresql://."
    raise ImproperlyConfigured(message)


def _sqlite(path: str) -> dict[str, object]:
    """IMMEDIATE takes the write lock at BEGIN: a lock taken later fails instead of waiting."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
