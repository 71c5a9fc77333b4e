"""What a postcode and an address look like."""

import re
from collections.abc import Sequence

# BS 7666: outward code, inward code. Letters and digits of other scripts never match.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
MOST_LINES = 5


def postcode(typed: str) -> str | None:
    """Return the postcode with its one space and in capitals, or None if it is none."""
    if not typed.isascii():
        return None
    found = _POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", typed).upper())
    return f"{found[1]} {found[2]}" if found else None


def lines(parts: Sequence[str]) -> str:
    """Return the lines as they are stored: empty ones left out, divided by line feeds."""
    return "\n".join(part for part in (part.strip() for part in parts) if part)


def formatted(stored_lines: str, postcode: str) -> str:
    """Return the whole address, one part on each line."""
    return lines([*stored_lines.split("\n"), postcode])
