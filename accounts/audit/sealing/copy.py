"""The copy of the seals outside the database, on a disk that its owner cannot rewrite.

A line for each seal, only ever added. Whoever cuts the end of the log, seals included, is found by
it, and by nothing else.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from accounts.audit import canonical
from accounts.audit.sealing import queries
from accounts.models import AuditSeal

# Longer than any line.
_TAIL: Final = 8192


class UnreachableError(Exception):
    """The copy cannot be read or written; the message says why."""


class DiffersError(Exception):
    """The copy ends in a seal that the log does not have; the message is its number."""


@dataclass(frozen=True)
class Line:
    """One line: `seal` is its content and `text` the exact words of that; both empty if torn."""

    hash: str
    text: str
    signature: str
    seal: dict[str, Any]


def path() -> Path | None:
    """Return where the copy is, if there is one."""
    return Path(settings.AUDIT_COPY) if settings.AUDIT_COPY else None


def bring_up_to_date() -> int:
    """Add the seals that the copy does not have yet; return how many.

    Raises:
        UnreachableError: it cannot be read or written; a later call adds them.
        DiffersError: it ends in a seal that the log does not have.
    """
    file = path()
    if file is None:
        return 0
    try:
        return _add(file)
    except OSError as error:
        raise UnreachableError(error.strerror or type(error).__name__) from error


def lines(file: Path) -> Iterator[Line]:
    """Yield the lines of a copy; one that a crash tore has no text.

    Raises:
        OSError: it cannot be read.
    """
    with file.open(encoding="utf-8", errors="replace") as opened:
        for line in opened:
            yield read(line)


def read(line: str) -> Line:
    """Read a line as `canonical.signed` writes it."""
    before, _, rest = line.strip().partition(',"sealed":')
    text, _, signature = rest.partition(',"signature":')
    try:
        outer, seal = json.loads(f'{before},"signature":{signature}'), json.loads(text)
        return Line(outer["hash"], text, outer["signature"], dict(seal))
    except (ValueError, KeyError, TypeError):
        return Line("", "", "", {})


def _add(file: Path) -> int:
    torn, last = _end(file)
    number = last.seal["number"] if last else 0
    if last and not AuditSeal.objects.filter(number=number, hash=last.hash).exists():
        raise DiffersError(str(number))
    added = 0
    with file.open("a", encoding="ascii") as opened:
        for row in queries.in_order(above=number):
            opened.write(f"{torn}{canonical.signed(row)}\n")
            torn, added = "", added + 1
        opened.flush()
        os.fsync(opened.fileno())
    return added


def _end(file: Path) -> tuple[str, Line | None]:
    """Return what ends a line that a crash tore, and the last whole line."""
    if not file.exists():
        return "", None
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - _TAIL))
        tail = opened.read().decode("utf-8", errors="replace")
    whole = [line for line in map(read, tail.splitlines()) if line.text]
    return "" if not tail or tail.endswith("\n") else "\n", whole[-1] if whole else None
