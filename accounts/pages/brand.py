"""The council's own style sheet: a file named in the settings, then the colours published."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.council import colours
from accounts.council.rules import Detail, Values
from accounts.council.shown import complete


@dataclass(frozen=True)
class Stylesheet:
    """Its bytes and a short hash of them for its address."""

    css: bytes
    version: str


@cache
def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def stylesheet(values: Values) -> Stylesheet | None:
    """Return the style sheet of a council with these values, or None when there is none.

    The named file is read once per process.

    Raises:
        OSError: the named file cannot be read.
    """
    path: str = settings.BRAND_STYLESHEET
    css = (_read(path) if path else b"") + _chosen(values)
    return Stylesheet(css, hashlib.sha256(css).hexdigest()[:12]) if css else None


def _chosen(values: Values) -> bytes:
    """Return the sheet of colours that are not those of the settings, which the file may refine."""
    own, given = (
        (which[Detail.COLOUR], which[Detail.LINK_COLOUR]) for which in (values, complete({}))
    )
    return colours.stylesheet(brand=own[0], link=own[1]).encode() if own != given else b""
