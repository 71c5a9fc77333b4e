"""How commands show what they found, to people and to programs."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

_NOTHING = "-"


def as_json(shown: Mapping[str, object] | Sequence[Mapping[str, object]]) -> str:
    """Return an object for one thing, an array for a list; times in ISO 8601."""
    text = json.dumps(shown, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    # Escaped, so that they reach a program whole and a terminal not at all. A line break stands
    # between values only: inside them it is escaped already.
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1]
        for letter in text
    )


def as_text(shown: Mapping[str, object] | Sequence[Mapping[str, object]]) -> str:
    """Return one thing as lines of `name: value`, a list as a table."""
    return _lines(shown) if isinstance(shown, Mapping) else _table(shown)


def _lines(row: Mapping[str, object]) -> str:
    width = max(map(len, row), default=0) + 2
    lines: list[str] = []
    for name, value in row.items():
        values = value if isinstance(value, list) else [value]
        label = f"{name}:".ljust(width)
        for part in values or [None]:
            lines.append(f"{label}{_cell(part)}")
            label = " " * width
    return "\n".join(lines)


def _table(rows: Sequence[Mapping[str, object]]) -> str:
    if not rows:
        return "None."
    grid = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in grid
    )
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_cell(part)}" for name, part in value.items()) or _NOTHING
    if isinstance(value, list):
        return " ".join(map(_cell, value)) or _NOTHING
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d %b %Y %H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NOTHING if value in (None, "") else _printable(str(value))


def _printable(text: str) -> str:
    # A name chosen by a stranger must not send control sequences to the operator's terminal.
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
