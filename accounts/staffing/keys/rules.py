"""Whether a key of staff may go."""

from enum import StrEnum
from typing import Final

# So many are asked for: whoever loses one gets in by the other.
ENOUGH: Final = 2


class Removal(StrEnum):
    """What came of the wish to remove a key."""

    REMOVED = "staff_key_removed"
    GONE = "staff_key_gone"
    LAST = "staff_key_last"


def removal(*, is_there: bool, keys: int) -> Removal:
    """Return whether a key goes; the last never does, or its owner could not get in again."""
    if not is_there:
        return Removal.GONE
    return Removal.REMOVED if keys > 1 else Removal.LAST
