"""How a code for a call is written, and how often it may be wrong."""

import re
from typing import Final

# Of 55 thousand million: a guess is as good as none. A mishearing has four more.
TRIES: Final = 5
_BETWEEN: Final = re.compile(r"[\s-]")


def written(typed: str) -> str:
    """Return a code as it was made, from what somebody heard: no spaces, hyphens, small letters."""
    return _BETWEEN.sub("", typed).upper()
