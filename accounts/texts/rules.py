"""How long a phone number counts as its owner's."""

from datetime import datetime, timedelta
from typing import Final

# A number that nobody used for so long may be somebody else's by now: it is given out again.
COUNTS_FOR: Final = timedelta(days=365)


def counts(last: datetime, *, now: datetime) -> bool:
    """Say whether a number that was confirmed or used last at this time is still its owner's."""
    return now - last < COUNTS_FOR
