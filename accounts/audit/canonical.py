"""The exact text of an event, a seal and a tombstone: what is hashed, signed and exported.

JSON in ASCII, keys in order, no spaces, times in UTC with microseconds. `README.md` tells it to
whoever verifies an export.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from accounts.models import AuditEvent, AuditSeal, AuditTombstone

# Every column of an event, in the order of the text.
COLUMNS: Final = tuple(
    sorted(field.attname for field in AuditEvent._meta.local_fields)  # noqa: SLF001 - documented
)
_SEAL: Final = (
    *("number", "after_id", "from_position", "to_position", "next_position", "count"),
    *("first_id", "last_id", "first_at", "last_at", "rows_hash", "previous_hash", "sealed_at"),
    "key_id",
)
_TOMBSTONE: Final = (
    *("number", "first_seal", "last_seal", "last_seal_hash", "after_id", "to_position"),
    *("through_id", "count", "purged_at", "actor_kind", "actor_id", "key_id"),
)
Values = Sequence[Any]


def event(values: Values) -> str:
    """Return the text of an event, whose values come in the order of `COLUMNS`."""
    return _text(dict(zip(COLUMNS, values, strict=True)))


def listed(number: int, text: str) -> str:
    """Return an event's line in the list that a seal keeps."""
    return f"{number} {digest(text)}\n"


def seal(row: AuditSeal) -> str:
    """Return the text of a seal, which its hash and its signature are of."""
    return _text({"kind": "seal", **{name: getattr(row, name) for name in _SEAL}})


def tombstone(row: AuditTombstone) -> str:
    """Return the text of a tombstone, which its hash and its signature are of."""
    return _text({"kind": "tombstone", **{name: getattr(row, name) for name in _TOMBSTONE}})


def signed(row: AuditSeal | AuditTombstone) -> str:
    """Return the line of a seal or tombstone in an export or the outside copy."""
    text = seal(row) if isinstance(row, AuditSeal) else tombstone(row)
    return f'{{"hash":"{row.hash}","sealed":{text},"signature":"{row.signature}"}}'


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    # Ours is ASCII; what somebody else put into the database may be anything.
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)  # ids; and whatever else somebody forced into a column


_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain)


def _text(content: Mapping[str, object]) -> str:
    return _ENCODER.encode(content)
