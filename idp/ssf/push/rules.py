"""What a receiver's answer means, and when it is asked again (RFC 8935)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# From a deployment's seconds to an outage of days; the last one is repeated until the event's time
# is up.
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
# So long at most a receiver that fails gets nothing else either: one that hangs takes the worker's
# time from the others. Not as long as the event that failed waits itself, as it may be that event
# alone that the receiver cannot take.
LEFT_ALONE_AT_MOST: Final = timedelta(minutes=10)
# So many events of one stream have a job at once.
AT_ONCE: Final = 20
# An event waits behind an earlier one of the same account, and looks again so much later.
AFTER_EARLIER_ONE: Final = timedelta(seconds=5)
# A job that should have come so long ago went with a worker that was killed.
LOST_AFTER: Final = timedelta(hours=1)
_ACCEPTED: Final = 202
_BAD_REQUEST: Final = 400
# RFC 8935 §2.4. What a receiver may say otherwise tomorrow, of the same token: it will have our new
# key, or know the header that it registered.
_MAY_PASS: Final = {"access_denied", "authentication_failed", "invalid_key"}
_FINAL: Final = {"invalid_audience", "invalid_issuer", "invalid_request"}
_OTHER: Final = "other"


class Verdict(StrEnum):
    """What came of one try."""

    TAKEN = "taken"
    REFUSED = "refused"
    TRY_AGAIN = "try_again"


@dataclass(frozen=True)
class Reading:
    """What an answer says; `error` is a word of the specification's list, or "other"."""

    verdict: Verdict
    error: str = ""


def reading(status: int, body: bytes) -> Reading:
    """Return what this answer means.

    RFC 8935 §2.2: 202 alone says that the event was taken; any other status may be that of a proxy
    or of a page. §2.3: what is refused is not sent again, unless the fault may pass (§2).
    """
    if status == _ACCEPTED:
        return Reading(Verdict.TAKEN)
    error = _error(body) if status == _BAD_REQUEST else ""
    if not error:
        return Reading(Verdict.TRY_AGAIN)
    return Reading(Verdict.TRY_AGAIN if error in _MAY_PASS else Verdict.REFUSED, error)


def _error(body: bytes) -> str:
    """Return the `err` of a receiver's answer, empty where it is somebody else's page."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = said.get("err") if isinstance(said, dict) else None
    if not isinstance(error, str) or not error:
        return ""
    return error if error in _MAY_PASS | _FINAL else _OTHER


def wait_after(tries: int) -> timedelta:
    """Return how long an event waits that was tried so often."""
    return WAITS[min(tries, len(WAITS)) - 1]


def next_try(tries: int, *, now: datetime, expires_at: datetime) -> datetime | None:
    """Return when an event that was tried so often is tried again; None when its time is up."""
    at = now + wait_after(tries)
    return at if at < expires_at else None


def left_alone_until(tries: int, tried_at: datetime) -> datetime:
    """Return until when a receiver gets nothing, that has failed so often and then last."""
    return tried_at + min(wait_after(tries), LEFT_ALONE_AT_MOST)
