"""When a job counts as lost, and what becomes of it."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

# Longer than any job takes: the longest are copies of everything held, of a minute or two.
LOST_AFTER: Final = timedelta(minutes=15)
# What kills a worker again and again must not do so for ever.
MOST_TIMES: Final = 3


class Fate(StrEnum):
    """What becomes of a lost job."""

    AGAIN = "again"
    GIVEN_UP = "given_up"


def fate(*, times_begun: int) -> Fate:
    """Return what becomes of a job that was lost when it had been begun so often."""
    return Fate.GIVEN_UP if times_begun >= MOST_TIMES else Fate.AGAIN
