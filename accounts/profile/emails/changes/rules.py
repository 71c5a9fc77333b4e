"""How far a change of addresses is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.assurance import Level


class OldAddress(StrEnum):
    """What the main address so far has to say in a change.

    Not obeyed: it is marked unsafe, so whoever reads it is not asked, and the change waits instead.
    """

    ASKED = "asked"
    NOT_OBEYED = "not_obeyed"
    NOT_NEEDED = "not_needed"


class Stage(StrEnum):
    """What a change needs next, or what became of it."""

    NEW_ADDRESS = "new_address"
    OLD_ADDRESS = "old_address"
    WAITING = "waiting"
    READY = "ready"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Progress:
    """What decides it; times aware. `agreed`: at the old address."""

    old: OldAddress
    expires_at: datetime
    confirmed: bool = False
    agreed: bool = False
    opens_at: datetime | None = None
    done: bool = False
    cancelled: bool = False


def old_address(
    *, replaces_main: bool, unsafe: bool, level: Level, by_staff: bool = False
) -> OldAddress:
    """Return what the main address has to say; `level` is that of proofs that may change it.

    In a change that two of the staff agreed to it is never asked, and the change always waits.
    """
    if by_staff:
        return OldAddress.NOT_OBEYED
    if not replaces_main:
        return OldAddress.NOT_NEEDED
    if not unsafe:
        return OldAddress.ASKED
    return OldAddress.NOT_NEEDED if level >= Level.TWO_FACTORS else OldAddress.NOT_OBEYED


def stage(progress: Progress, *, now: datetime) -> Stage:
    """Return how far the change is."""
    if progress.done:
        return Stage.DONE
    if progress.cancelled:
        return Stage.CANCELLED
    if now >= progress.expires_at:
        return Stage.EXPIRED
    return _needed(progress, now)


def _needed(progress: Progress, now: datetime) -> Stage:
    if not progress.confirmed:
        return Stage.NEW_ADDRESS
    if progress.agreed or progress.old is OldAddress.NOT_NEEDED:
        return Stage.READY
    if progress.opens_at is None:
        return Stage.OLD_ADDRESS
    return Stage.WAITING if now < progress.opens_at else Stage.READY


def halfway(started_at: datetime, opens_at: datetime) -> datetime:
    """Return when the owner is told once more that a change waits."""
    return started_at + (opens_at - started_at) / 2


def put_off(opens_at: datetime, wait: timedelta, *, now: datetime) -> datetime:
    """Return when a change comes about of whose middle the owner is told only now."""
    return max(opens_at, now + wait / 2)
