"""demo.json: what to open and whom to sign in as, for people, scripts and the services.

The only file with passwords and client secrets in clear, so only this user may read it.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Known:
    """What an earlier demo.json says; whatever it lacks is simply missing here."""

    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    client_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    events_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


def read(path: Path) -> Known:
    """Return the passwords by sign-in name, and the secrets of services by client_id."""
    try:
        written = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return Known()
    if not isinstance(written, dict):
        return Known()
    return Known(
        _pairs(written.get("people"), "email", "password"),
        _pairs(written.get("applications"), "client_id", "client_secret"),
        _pairs(written.get("applications"), "client_id", "events_token"),
    )


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Replace the file at once: no reader ever sees half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2, ensure_ascii=False)
        file.write("\n")
    unfinished.replace(path)


def _pairs(rows: object, key: str, value: str) -> dict[str, str]:
    return {
        row[key]: row[value]
        for row in (rows if isinstance(rows, Iterable) else ())
        if isinstance(row, dict)
        and isinstance(row.get(key), str)
        and isinstance(row.get(value), str)
    }
