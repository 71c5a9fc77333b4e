"""What stands for a value that somebody has still to give. Pure."""

import re
from typing import Final

# Names reserved for examples (RFC 2606, RFC 6761), and Ofcom's telephone numbers for drama.
_PLACEHOLDER: Final = re.compile(
    r"\bexample\b|\.(test|invalid|localhost)\b|\b7946 ?0\d{3}\b|\b(01632|029 ?2018|0113 ?496)\b",
    re.IGNORECASE,
)


def is_placeholder(value: str) -> bool:
    """Say whether a text is empty, or of those that examples use."""
    return not value.strip() or bool(_PLACEHOLDER.search(value))
