"""How a copy stands, who may take up preparing it, and how much one may hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

KEPT: Final = timedelta(days=7)
# A worker says more often than this how far it is.
LOST_AFTER: Final = timedelta(minutes=15)
# What kills a worker again and again is given up.
MOST_ATTEMPTS: Final = 3
# Of either document, in bytes: a hundred thousand rows are a third of it.
LARGEST: Final = 256 * 1024 * 1024


class Standing(StrEnum):
    """How a copy stands to whoever asked for it."""

    NONE = "export_none"
    UNDER_WAY = "export_under_way"
    SLOW = "export_slow"
    READY = "export_ready"
    FAILED = "export_failed"
    GONE = "export_gone"


class Refusal(StrEnum):
    """Why there is no copy here for somebody who signed in anew."""

    SHARED_DEVICE = "export_shared_device"
    HELD = "export_changes_held"


@dataclass(frozen=True)
class Progress:
    """What decides how a copy stands; times aware.

    `heard_of_at`: when a worker last said how far it is, or when it was asked for.
    """

    is_ready: bool
    has_failed: bool
    heard_of_at: datetime
    expires_at: datetime


def standing(progress: Progress | None, *, now: datetime) -> Standing:
    """Return how the copy stands, None where none was ever asked for."""
    if progress is None:
        return Standing.NONE
    if now >= progress.expires_at:
        return Standing.GONE
    if progress.is_ready:
        return Standing.READY
    if progress.has_failed:
        return Standing.FAILED
    return Standing.SLOW if _is_lost(progress, now=now) else Standing.UNDER_WAY


def may_take_up(progress: Progress, *, is_begun: bool, now: datetime) -> bool:
    """Say whether a worker may begin to prepare it: of two at once only the first."""
    stands = standing(progress, now=now)
    return stands is Standing.SLOW or (stands is Standing.UNDER_WAY and not is_begun)


def _is_lost(progress: Progress, *, now: datetime) -> bool:
    return now - progress.heard_of_at >= LOST_AFTER
