"""The council's own stylesheet: one file named in the settings, served as it is."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Stylesheet:
    """The file's bytes and a short hash of them for its address."""

    css: bytes
    version: str


@cache
def _read(path: str) -> Stylesheet:
    css = Path(path).read_bytes()
    return Stylesheet(css, hashlib.sha256(css).hexdigest()[:12])


def stylesheet() -> Stylesheet | None:
    """Return the council's stylesheet, read once per process, or None when there is none.

    Raises:
        OSError: the named file cannot be read.
    """
    path: str = settings.BRAND_STYLESHEET
    return _read(path) if path else None
