"""How long events wait, and how often a stream may be tried out."""

from datetime import timedelta
from typing import Final

# The replay window: what nobody took within it is given up, also while a stream is paused.
KEPT: Final = timedelta(days=7)
# So many events wait in one stream at most; of what comes beyond, only the fact is kept.
MOST_WAITING: Final = 10_000
# `min_verification_interval` (SSF §8.1.1).
BETWEEN_VERIFICATIONS: Final = timedelta(seconds=10)
