"""Whether a mailed link still works, and when a mail that failed is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
# How often a link's own time may be had again by whoever needs longer (WCAG 2.2 §2.2.1: ten times).
_MOST_TIMES = 10


class LinkState(StrEnum):
    """What may be done with a mailed link, and why not."""

    GOOD = "good"
    UNKNOWN = "unknown"
    USED = "used"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"


def link_state(*, used: bool, overtaken: bool, expired: bool) -> LinkState:
    """Return the state of a link that exists; the reason that helps the reader most comes first."""
    if used:
        return LinkState.USED
    if overtaken:
        return LinkState.OVERTAKEN
    return LinkState.EXPIRED if expired else LinkState.GOOD


def last_end(expires_at: datetime, lifetime: timedelta) -> datetime:
    """Return how far a link that ends then can be put off, in all."""
    return expires_at + _MOST_TIMES * lifetime


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after this many failed attempts, or None to give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
