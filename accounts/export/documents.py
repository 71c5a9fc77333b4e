"""The two documents of a copy: JSON for other programs, and a page to read or print.

Both are written row by row, so that no copy is ever in memory as a whole.
"""

import html
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.html import escape

from accounts.council.queries import council as council_now
from accounts.export import reasons
from accounts.export.part import Asked, Column, Part
from accounts.export.told import as_json, lines, spoken
from accounts.export.wording import LEFT_OUT, PRIVATE_LEFT_OUT
from accounts.models import Account
from accounts.pages.context import council

FORMAT: Final = "borough-login-copy"
VERSION: Final = 1
# Where the parts stand in the page's template, and the rows in a part's.
_HERE: Final = "<!-- here -->"
# Characters that no reader sees and HTML forbids (HTML §13.2.3.5) but for tab and line feed.
_CONTROLS: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\ufffd"),
    0x09: "\t",
    0x0A: "\n",
}

Write = Callable[[str], None]


class Document(Protocol):
    """Something that is told a copy bit by bit."""

    def begin(self, asked: Asked, at: datetime) -> None:
        """Tell whose copy it is, and of when."""

    def open(self, part: Part) -> None:
        """Begin a part."""

    def add(self, part: Part, row: Model) -> None:
        """Tell one row of it."""

    def close(self) -> None:
        """End the part."""

    def end(self) -> None:
        """End the copy."""


class JsonDocument:
    """The copy as JSON, by the schema that `schema.py` gives."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._between_parts = self._between_rows = ""

    def begin(self, asked: Asked, at: datetime) -> None:
        """Tell whose copy it is, and of when."""
        head = {
            "format": FORMAT,
            "version": VERSION,
            "provider": settings.ISSUER,
            "held_by": council_now().name,
            "made_at": at,
            "includes_private_services": asked.includes_private,
            "left_out": left_out(asked),
        }
        self._write(as_json(head).removesuffix("}") + ', "parts": [')

    def open(self, part: Part) -> None:
        """Begin a part."""
        known = reasons.of(part)
        about = {
            "name": part.name,
            "title": part.title,
            "purposes": known.purposes,
            "kept": known.kept,
            "stays": known.stays,
        }
        self._write(
            self._between_parts + "\n" + as_json(about).removesuffix("}") + ', "records": ['
        )
        self._between_parts, self._between_rows = ",", ""

    def add(self, part: Part, row: Model) -> None:
        """Tell one row of it."""
        told = {column.name: column.value(row) for column in part.columns}
        self._write(self._between_rows + "\n" + as_json(told))
        self._between_rows = ","

    def close(self) -> None:
        """End the part."""
        self._write("]}")

    def end(self) -> None:
        """End the copy."""
        self._write("\n]}\n")


class PageDocument:
    """The copy as a page that needs no other file, runs no script, and can be printed."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._rest_of_page = self._rest_of_part = ""
        self._labels: list[str] = []
        self._columns: list[Column] = []
        self._is_empty = True

    def begin(self, asked: Asked, at: datetime) -> None:
        """Tell whose copy it is, and of when."""
        words = {**council(None), "at": at, "asked": asked, "left_out": left_out(asked)}
        head, self._rest_of_page = _around("accounts/export/_document.html", words)
        self._write(head)

    def open(self, part: Part) -> None:
        """Begin a part."""
        head, self._rest_of_part = _around(
            "accounts/export/_part.html", {"part": part, "known": reasons.of(part)}
        )
        self._write(head)
        # Once for all rows, of which there may be very many.
        self._labels = [escape(column.label) for column in part.columns]
        model = part.rows(Asked(Account(), includes_private=True)).model
        self._columns = [spoken(column, model) for column in part.columns]
        self._is_empty = True

    def add(self, part: Part, row: Model) -> None:
        """Tell one row of it."""
        del part  # its columns were made ready when it began
        self._is_empty = False
        told = (lines(column, column.value(row)) for column in self._columns)
        rows = "".join(
            f"<dt>{label}</dt><dd>{_escaped(values)}</dd>"
            for label, values in zip(self._labels, told, strict=True)
            if values
        )
        self._write(f"<dl>{rows}</dl>\n")

    def close(self) -> None:
        """End the part."""
        if self._is_empty:
            self._write(render_to_string("accounts/export/_nothing.html"))
        self._write(self._rest_of_part)

    def end(self) -> None:
        """End the copy."""
        self._write(self._rest_of_page)


def left_out(asked: Asked) -> list[str]:
    """Return what is held and not in the copy, and why, in sentences."""
    private = [] if asked.includes_private else [str(PRIVATE_LEFT_OUT)]
    return [*private, *(str(sentence) for sentence in LEFT_OUT)]


def _around(template: str, words: dict[str, Any]) -> tuple[str, str]:
    before, _here, after = render_to_string(template, words).partition(_HERE)
    return before, after


def _escaped(values: list[str]) -> str:
    """Return what was told, a line each, as text that no reading direction of its own spills."""
    text = "\n".join(values).translate(_CONTROLS)
    return "<br>".join(f"<bdi>{line}</bdi>" for line in html.escape(text).split("\n"))
