"""What a proof must hold so that it cannot have been made long before (RFC 9449 §8, §9).

A nonce is the keyed hash of the minutes in which it was given. Every process makes and knows the
same ones, and none is stored: that a proof is good once is seen to elsewhere.
"""

from datetime import datetime, timedelta
from typing import Final

from accounts.security import keyed_hash

_PURPOSE: Final = "dpop_nonce"
_TURN: Final = timedelta(minutes=3)
# This turn's and the last one's; and the next one's, of another machine whose clock is ahead.
_GOOD: Final = (0, -1, 1)


def current(now: datetime) -> str:
    """Return the nonce that proofs are to hold; it is good for three minutes at least."""
    return keyed_hash.digest(_PURPOSE, str(_turn(now)))


def is_good(nonce: str, now: datetime) -> bool:
    """Say whether we gave this nonce a few minutes ago."""
    turn = _turn(now)
    return any(keyed_hash.matches(_PURPOSE, str(turn + step), nonce) for step in _GOOD)


def _turn(now: datetime) -> int:
    return int(now.timestamp() // _TURN.total_seconds())
