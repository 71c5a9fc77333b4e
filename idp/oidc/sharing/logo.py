"""A service's logo, shown where its details are shared (OIDC Registration §2, logo_uri).

Fetched by us each time: its server learns nothing of who looks at the page, and a browser gets
nothing from there that is no small picture.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Final

from accounts.security.outgoing.client import Fetched, fetch
from accounts.security.outgoing.refusals import OutgoingRefusedError

# How a file of each kind begins. No SVG: it can hold scripts.
_KINDS: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_LIMIT_BYTES: Final = 64 * 1024
# A slow server holds few of a process's threads; who comes next sees the page without the logo.
_asking = BoundedSemaphore(4)


@dataclass(frozen=True)
class Picture:
    """A picture that a page may show."""

    kind: str
    body: bytes = field(repr=False)


def picture(uri: str) -> Picture | None:
    """Return what is at this address, if it is a picture; never call it inside a transaction."""
    if not uri or not _asking.acquire(blocking=False):
        return None
    try:
        return _as_picture(fetch(uri, accept="image/*", limit_bytes=_LIMIT_BYTES))
    except OutgoingRefusedError:
        return None
    finally:
        _asking.release()


def _as_picture(answer: Fetched) -> Picture | None:
    if answer.status != HTTPStatus.OK:
        return None
    # What it says of itself is not asked: what begins as a picture is sent on as nothing else.
    kinds = (kind for begins, kind in _KINDS.items() if answer.body.startswith(begins))
    kind = next(kinds, None)
    return Picture(kind, answer.body) if kind else None
