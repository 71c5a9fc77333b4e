"""What an old user id may be, and how a list of them is read. Pure."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clients.organisations.rules import holds_unseen

LONGEST: Final = 255
# What one list, and one application, may have.
MOST_LINES: Final = 20_000
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_REGISTERED: Final = 1_000_000
# Each is in every ID token.
MOST_OF_ONE_PERSON: Final = 10
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Fault(StrEnum):
    """Why a text is no old user id."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNSEEN = "unseen_character"
    SPACES = "spaces_at_an_end"


class ListFault(StrEnum):
    """Why a list cannot be read, or a line of it."""

    EMPTY = "list_empty"
    TOO_MANY = "list_too_many"
    COLUMNS = "line_several_columns"
    QUOTES = "line_quotes"


def fault(old_id: str) -> Fault | None:
    """Return why this is no old user id, if so. Upper and lower case are two ids."""
    if not old_id.strip():
        return Fault.EMPTY
    if len(old_id) > LONGEST:
        return Fault.TOO_LONG
    # Two ids that look alike to whoever checks a list must not be two.
    if holds_unseen(old_id):
        return Fault.UNSEEN
    return Fault.SPACES if old_id != old_id.strip() else None


@dataclass(frozen=True)
class BadLine:
    """A line of a list, counted from one, and what is wrong with it."""

    number: int
    fault: Fault | ListFault


@dataclass(frozen=True)
class Listed:
    """What a list holds: ids, each once, in its order; or what is wrong with it."""

    ids: tuple[str, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()
    fault: ListFault | None = None


def read(text: str) -> Listed:
    """Read a list: one id a line, in quotation marks where it holds a comma or one of them.

    Lines with nothing in them, and spaces around an id, are passed over.
    """
    # What else Python breaks lines at cannot be seen, and is no end of a line.
    lines = [line.strip(" \t") for line in _LINE_END.split(text.removeprefix("\ufeff"))]
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line]
    if not filled:
        return Listed(fault=ListFault.EMPTY)
    if len(filled) > MOST_LINES:
        return Listed(fault=ListFault.TOO_MANY)
    found = [(number, _cell(line)) for number, line in filled]
    bad = [BadLine(number, cell) for number, cell in found if isinstance(cell, Fault | ListFault)]
    return Listed(bad_lines=tuple(bad)) if bad else Listed(_once(cell for _number, cell in found))


def _cell(line: str) -> "str | Fault | ListFault":
    try:
        cells = next(csv.reader([line], strict=True))
    except csv.Error:
        return ListFault.QUOTES
    if len(cells) != 1:
        return ListFault.COLUMNS
    return fault(cells[0]) or cells[0]


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
