"""The ladder: each way back in, what it proves, what it may replace, and how long that takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# How long the door stays open once the wait is over, and how long a code may be typed.
OPEN_FOR: Final = timedelta(days=14)
POSTED_CODE_LASTS: Final = timedelta(days=28)
COUNTER_CODE_LASTS: Final = timedelta(days=7)
# More than anybody has from one place while a code lasts: whoever else reads the mailbox could use
# up fewer and so keep the owner out. What bounds guessing are the limits by the hour.
CODE_TRIES: Final = 10_000
# Between showing it again, once the wait is over, and choosing new ways.
CHOOSING_LASTS: Final = timedelta(minutes=30)
# For this long after a recovery, what the new owner could lock the old one out by stays as it is.
LEAST_HOLD: Final = timedelta(hours=48)
LEAST_ADDRESS_AGE: Final = timedelta(days=30)


class Rung(StrEnum):
    """One way back, weakest first."""

    MAILBOX = "mailbox"
    RECOVERY_CODE = "recovery_code"
    KNOWN_PASSWORD = "known_password"
    POST = "post"
    COUNTER = "counter"


class Shown(StrEnum):
    """What somebody may show. A password that a mailed link chose counts as MAILBOX alone."""

    MAILBOX = "mailbox"
    PASSWORD = "password"
    RECOVERY_CODE = "recovery_code"
    POSTED_CODE = "posted_code"
    COUNTER_CODE = "counter_code"


class Replaces(StrEnum):
    """What a rung may change, in the words of the documentation."""

    PASSWORD = "an existing password; adds none where there was none"
    NOTHING = "nothing: stands for one second step, once"
    EVERYTHING = "every way to sign in"
    EVERYTHING_FROZEN_TOO = "every way to sign in; ends a freeze"


@dataclass(frozen=True)
class Terms:
    """One row of the ladder.

    `needs`: each set is enough. `least_wait`: the setting that `wait_setting` names may not be
    shorter; a rung without one has no wait.
    """

    proves: str
    needs: tuple[frozenset[Shown], ...]
    replaces: Replaces
    least_wait: timedelta = timedelta(0)
    wait_setting: str = ""


LADDER: Final[Mapping[Rung, Terms]] = {
    Rung.MAILBOX: Terms(
        "reads a mailbox of the account that is not unsafe and that nobody else's account has, or "
        "had beside it",
        (frozenset({Shown.MAILBOX}),),
        Replaces.PASSWORD,
    ),
    Rung.RECOVERY_CODE: Terms(
        "knows the password and holds one of ten codes",
        (frozenset({Shown.PASSWORD, Shown.RECOVERY_CODE}),),
        Replaces.NOTHING,
    ),
    Rung.KNOWN_PASSWORD: Terms(
        "knows the password, and reads a mailbox of the account or holds one of ten codes",
        (
            frozenset({Shown.PASSWORD, Shown.MAILBOX}),
            frozenset({Shown.PASSWORD, Shown.RECOVERY_CODE}),
        ),
        Replaces.EVERYTHING,
        timedelta(hours=72),
        "RECOVERY_PASSWORD_WAIT",
    ),
    Rung.POST: Terms(
        "reads a mailbox of the account, and its post at a checked address unchanged for 30 days",
        (frozenset({Shown.MAILBOX, Shown.POSTED_CODE}),),
        Replaces.EVERYTHING,
        timedelta(hours=24),
        "RECOVERY_POST_WAIT",
    ),
    Rung.COUNTER: Terms(
        "reads a mailbox of the account, and has shown the staff who they are",
        (frozenset({Shown.MAILBOX, Shown.COUNTER_CODE}),),
        Replaces.EVERYTHING_FROZEN_TOO,
        timedelta(hours=24),
        "RECOVERY_COUNTER_WAIT",
    ),
}
# Those that take time, weakest first: a stronger one takes the place of a weaker one that waits.
SLOW: Final = (Rung.KNOWN_PASSWORD, Rung.POST, Rung.COUNTER)


class Refusal(StrEnum):
    """Why a way back is not open, or not now."""

    NOT_SHOWN = "recovery_not_shown"
    NOT_USABLE = "recovery_account_not_usable"
    FROZEN = "recovery_account_frozen"
    WAITING = "recovery_waiting_already"
    PAUSED = "recovery_paused"
    NOT_YET = "recovery_not_yet_open"
    OVER = "recovery_over"
    CHECKED = "recovery_checked_by_staff"


class Standing(StrEnum):
    """What has become of a recovery that takes time."""

    WAITING = "waiting"
    OPEN = "open"
    PAUSED = "paused"
    OVER = "over"


class Status(StrEnum):
    """What an account's status means for a recovery."""

    USABLE = "usable"
    FROZEN = "frozen"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Running:
    """A recovery that waits, is paused or is open already."""

    rung: Rung
    is_paused: bool


@dataclass(frozen=True)
class Times:
    """What decides how far a recovery is; times aware. `told`: at the middle and at the end."""

    opens_at: datetime | None
    closes_at: datetime | None
    told: bool
    is_paused: bool
    is_over: bool


def is_shown(rung: Rung, shown: frozenset[Shown]) -> bool:
    """Say whether what was shown is enough for the rung."""
    return any(needed <= shown for needed in LADDER[rung].needs)


def refusal_to_begin(
    rung: Rung, shown: frozenset[Shown], *, status: Status, running: Running | None
) -> Refusal | None:
    """Return why the rung may not be climbed, or None if it may."""
    if not is_shown(rung, shown):
        return Refusal.NOT_SHOWN
    if refused := refusal_by_status(rung, status):
        return refused
    if running is None or SLOW.index(rung) > SLOW.index(running.rung):
        # Whoever stopped a recovery may be the thief: only the staff, who see both, go on from it.
        is_stuck = running is not None and running.is_paused and rung is not Rung.COUNTER
        return Refusal.PAUSED if is_stuck else None
    return Refusal.PAUSED if running.is_paused else Refusal.WAITING


def refusal_by_status(rung: Rung, status: Status) -> Refusal | None:
    """Return why nobody may use the rung while the account stands so."""
    if status is Status.STOPPED:
        return Refusal.NOT_USABLE
    may_unfreeze = LADDER[rung].replaces is Replaces.EVERYTHING_FROZEN_TOO
    return Refusal.FROZEN if status is Status.FROZEN and not may_unfreeze else None


def standing(times: Times, *, now: datetime) -> Standing:
    """Return how far the recovery is. It opens late rather than before its notices went out."""
    if times.is_over or times.opens_at is None:
        return Standing.OVER
    if times.closes_at is not None and now >= times.closes_at:
        return Standing.OVER
    if times.is_paused:
        return Standing.PAUSED
    return Standing.OPEN if now >= times.opens_at and times.told else Standing.WAITING


def halfway(opens_at: datetime, wait: timedelta) -> datetime:
    """Return when the owner is told once more that a recovery waits."""
    return opens_at - wait / 2


def put_off(opens_at: datetime, wait: timedelta, *, now: datetime) -> datetime:
    """Return when a recovery opens whose notice of the middle is sent only now."""
    return max(opens_at, now + wait / 2)


def refusal_to_open(
    rung: Rung, shown: frozenset[Shown], *, status: Status, standing: Standing
) -> Refusal | None:
    """Return why new ways may not be chosen, or None if they may."""
    if standing is not Standing.OPEN:
        return _NOT_OPEN[standing]
    if not is_shown(rung, shown):
        return Refusal.NOT_SHOWN
    return refusal_by_status(rung, status)


_NOT_OPEN: Final = {
    Standing.WAITING: Refusal.NOT_YET,
    Standing.PAUSED: Refusal.PAUSED,
    Standing.OVER: Refusal.OVER,
}
