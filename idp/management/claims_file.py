"""Reads the claims of a test account from a file, in the types of OIDC Core §5.1."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from clients.organisations.rules import holds_unseen
from clients.scopes import SCOPES

_LONGEST: Final = 500
_MOST_BYTES: Final = 20_000
# These follow from the account's own rows, so that a test account cannot pass for another.
_DECIDED_BY_THE_ACCOUNT: Final = frozenset({"sub", "name", "email", "email_verified"})
_BIRTHDATE: Final = re.compile(r"\d{4}(-\d\d-\d\d)?", re.ASCII)
# OIDC Core §5.1.1.
_ADDRESS_PARTS: Final = frozenset(
    {"formatted", "street_address", "locality", "region", "postal_code", "country"}
)


class ClaimsError(ValueError):
    """The file is unfit; the message says why."""


def read(path: Path) -> dict[str, Any]:
    """Return the claims that the file holds as a JSON object.

    Raises:
        ClaimsError: it cannot be read, or a claim is unknown or of the wrong type.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        message = f"Cannot read {path}: {error.strerror}"
        raise ClaimsError(message) from error
    return parse(text)


def parse(text: bytes) -> dict[str, Any]:
    """Return the claims that a JSON object holds.

    Raises:
        ClaimsError: it is no JSON object, or a claim is unknown or of the wrong type.
    """
    if len(text) > _MOST_BYTES:
        message = f"The claims must be {_MOST_BYTES} bytes or fewer"
        raise ClaimsError(message)
    try:
        claims = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"The claims are not JSON: {error}"
        raise ClaimsError(message) from error
    if not isinstance(claims, dict):
        message = "The claims must be one JSON object"
        raise ClaimsError(message)
    for name, value in claims.items():
        if reason := _problem(name, value):
            message = f"{name!r} {reason}"
            raise ClaimsError(message)
    return claims


def _problem(name: str, value: object) -> str | None:
    known = {claim for scope in SCOPES.values() for claim in scope.claims}
    if name in _DECIDED_BY_THE_ACCOUNT:
        return "follows from the account itself"
    if name not in known:
        return f"is not a known claim; these are: {', '.join(sorted(known))}"
    fits, expected = _TYPES.get(name, (_is_text, "a text in one line"))
    return None if fits(value) else f"must be {expected}"


def _is_text(value: object) -> bool:
    fits = isinstance(value, str) and 0 < len(value) <= _LONGEST
    return fits and not holds_unseen(str(value))


def _is_address(value: object) -> bool:
    if not isinstance(value, Mapping) or not value or not value.keys() <= _ADDRESS_PARTS:
        return False
    return all(
        # Only the whole address, ready to print, has lines.
        isinstance(part, str) and _is_text(part.replace("\n", " ") if name == "formatted" else part)
        for name, part in value.items()
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_birthdate(value: object) -> bool:
    """OIDC Core §5.1: the year alone will do, and 0000 is a year that is not told."""
    if not isinstance(value, str) or not _BIRTHDATE.fullmatch(value):
        return False
    year, month_and_day = value[:4], value[4:]
    try:
        # A leap year, like the one that is not told may have been.
        date.fromisoformat(f"{'2000' if year == '0000' else year}{month_and_day or '-01-01'}")
    except ValueError:
        return False
    return True


def _is_page(value: object) -> bool:
    if not _is_text(value) or not str(value).isascii() or " " in str(value):
        return False
    try:
        parts = urlsplit(str(value))
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_time_zone(value: object) -> bool:
    return isinstance(value, str) and value in available_timezones()


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_PAGE: Final = (_is_page, "an address like https://example.org/")
_TYPES: Final[dict[str, tuple[Callable[[object], bool], str]]] = {
    "address": (_is_address, f"an object of {', '.join(sorted(_ADDRESS_PARTS))}"),
    "birthdate": (_is_birthdate, "a text like 1980-12-31 or 1980"),
    "phone_number_verified": (_is_flag, "true or false"),
    "picture": _PAGE,
    "profile": _PAGE,
    "updated_at": (_is_number, "a number of seconds since 1970"),
    "website": _PAGE,
    "zoneinfo": (_is_time_zone, "a time zone like Europe/London"),
}
