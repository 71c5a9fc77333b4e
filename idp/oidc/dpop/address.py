"""Whether two addresses are the same one (RFC 9449 §4.3 item 9, RFC 3986 §6.2)."""

import re
from string import ascii_letters, digits
from typing import Final
from urllib.parse import SplitResult, urlsplit

_LONGEST: Final = 2048
_VISIBLE: Final = re.compile(r"[!-~]+")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(f"{ascii_letters}{digits}-._~")
_PORTS: Final = {"https": 443, "http": 80}


def is_same(claimed: str, ours: str) -> bool:
    """Say whether `claimed` names our address, whatever its query and fragment.

    Small differences in spelling are none: case of scheme and host, the scheme's own port, escapes
    of characters that need none.
    """
    # urlsplit passes over line breaks and tabs, which belong into no address.
    if len(claimed) > _LONGEST or not _VISIBLE.fullmatch(claimed):
        return False
    try:
        return _normal(urlsplit(claimed)) == _normal(urlsplit(ours))
    except ValueError:  # a port or an IPv6 address that is none
        return False


def _normal(parts: SplitResult) -> tuple[str, str, int | None, str]:
    if "@" in parts.netloc:
        raise ValueError
    port = _PORTS.get(parts.scheme) if parts.port is None else parts.port
    return parts.scheme, parts.hostname or "", port, _ESCAPE.sub(_plain, parts.path) or "/"


def _plain(escape: re.Match[str]) -> str:
    """Return an unreserved character itself, and any other escape in capitals (§6.2.2)."""
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
