"""What an application's answer means, and when it is asked again."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

# About as long as a session could have lasted there at most.
LIFETIME: Final = timedelta(hours=12)
WAITS: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
)
# So long is an application left alone that did not answer, whatever else there is to tell it: one
# that is down must not hold up the news for the others.
LEFT_ALONE: Final = timedelta(seconds=30)
# Longer than any try takes: a job that should have come so long ago went with a killed worker.
LOST_AFTER: Final = timedelta(hours=1)
_TAKEN: Final = range(200, 300)
_BAD_REQUEST: Final = 400


class Verdict(StrEnum):
    """What came of one try."""

    TAKEN = "taken"
    REFUSED = "refused"
    TRY_AGAIN = "try_again"
    GIVEN_UP = "given_up"


def verdict(status: int) -> Verdict:
    """Return what this HTTP status says (OIDC Back-Channel Logout §2.8).

    400 is the application's own answer that it will not take the token. Anything else may be a
    proxy, or a deployment, on a bad day.
    """
    if status in _TAKEN:
        return Verdict.TAKEN
    return Verdict.REFUSED if status == _BAD_REQUEST else Verdict.TRY_AGAIN


def wait_after(tries: int, *, left: timedelta) -> timedelta | None:
    """Return how long to wait after so many tries, None to give up; `left` until it expires."""
    if tries > len(WAITS) or WAITS[tries - 1] >= left:
        return None
    return WAITS[tries - 1]
