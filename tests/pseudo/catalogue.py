"""The made-up language as a file that gettext reads."""

import struct
from pathlib import Path

from tests.pseudo.sources import messages
from tests.pseudo.stretching import stretched

LANGUAGE = "en-xa"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def write(folder: Path) -> None:
    """Write the catalogue of every text in the sources into a folder for `LOCALE_PATHS`."""
    entries = {"": _HEADER}
    for message in messages():
        if message[0]:
            entries["\0".join(message)] = "\0".join(stretched(text) for text in message)
    path = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_packed(entries))


def _packed(entries: dict[str, str]) -> bytes:
    """Return the entries as GNU gettext's manual describes the file (section "MO Files")."""
    keys = sorted(key.encode() for key in entries)
    values = [entries[key.decode()].encode() for key in keys]
    start = 7 * 4 + len(keys) * 16
    table, body = [], b""
    for texts in (keys, values):
        for text in texts:
            table += [len(text), start + len(body)]
            body += text + b"\0"
    head = [0x950412DE, 0, len(keys), 7 * 4, 7 * 4 + len(keys) * 8, 0, 7 * 4 + len(keys) * 16]
    return struct.pack(f"<{len(head) + len(table)}I", *head, *table) + body
