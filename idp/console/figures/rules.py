"""What is counted by week, where each week begins, and what became of a sign-up."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Final

WEEKS: Final = 26


class Figure(StrEnum):
    """What is counted; some of them in parts, which other lists name."""

    SIGN_UPS_STARTED = "sign_ups_started"
    SIGN_UPS_FINISHED = "sign_ups_finished"
    SIGN_UPS_OPEN = "sign_ups_open"
    GAVE_UP = "gave_up"
    STUCK = "stuck"
    RECOVERIES_STARTED = "recoveries_started"
    RECOVERIES_FINISHED = "recoveries_finished"
    RECOVERIES_ENDED = "recoveries_ended"
    # Not a count: minutes, of a week in which a recovery was finished.
    RECOVERY_WAIT = "recovery_wait"
    SIGN_INS = "sign_ins"


class Step(StrEnum):
    """The last step that somebody reached who gave up signing up."""

    ADDRESS_KNOWN = "address_known"
    ADDRESS_FULL = "address_full"
    EMAIL_NOT_CONFIRMED = "email_not_confirmed"
    REFUSED_BY_READER = "refused_by_reader"
    DETAILS_NOT_GIVEN = "details_not_given"


# The ways to sign in that need a phone at that moment, as far as a server can tell.
NEED_PHONE: Final = frozenset({"text_message", "app"})
# What `SignUp.mailed` may be, besides an address that is free.
_KNOWN, _FULL = "known", "full"


@dataclass(frozen=True, order=True)
class Week:
    """From a Monday here to the next, by the clock here; both aware."""

    start: datetime
    end: datetime


Counts = Counter[tuple[Figure, str]]


@dataclass
class SignUp:
    """One try to make an account, with every address that was typed for it; times aware."""

    begun_at: datetime
    mailed: str = ""
    is_confirmed: bool = False
    is_refused: bool = False
    is_finished: bool = False
    last_mailed_at: datetime | None = None

    def ended_at(self, step_expires_after: timedelta) -> datetime:
        """Return when it can no longer be finished."""
        return (self.last_mailed_at or self.begun_at) + step_expires_after


@dataclass(frozen=True)
class WeekOf:
    """A week with what was counted in it."""

    week: Week
    counts: Counts = field(default_factory=Counter)

    def of(self, figure: Figure, part: str = "") -> int:
        """Return one figure; with a part, of that part alone."""
        return self.counts[figure, part]

    def total(self, figure: Figure) -> int:
        """Return a figure that is counted in parts, all of them together."""
        return sum(number for (one, _part), number in self.counts.items() if one is figure)

    def parts(self, figure: Figure) -> set[str]:
        """Return the parts that were counted."""
        return {part for (one, part), number in self.counts.items() if one is figure and number}

    @property
    def without_phone(self) -> int:
        """How many sign-ins needed no phone."""
        return self.total(Figure.SIGN_INS) - sum(
            self.of(Figure.SIGN_INS, method) for method in NEED_PHONE
        )

    @property
    def median_wait(self) -> timedelta | None:
        """How long getting back in took, None where nobody got back in."""
        minutes = self.counts.get((Figure.RECOVERY_WAIT, ""))
        return None if minutes is None else timedelta(minutes=minutes)


def weeks(*, now: datetime, zone: tzinfo, count: int = WEEKS) -> list[Week]:
    """Return so many ISO weeks, the oldest first; the last is the one that now lies in."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday - timedelta(weeks=back) for back in range(-1, count)][::-1]
    starts = [datetime(day.year, day.month, day.day, tzinfo=zone) for day in days]
    return [Week(*pair) for pair in pairwise(starts)]


def week_of(moment: datetime, among: Sequence[Week]) -> Week | None:
    """Return the week that a moment lies in, None if it is none of these."""
    place = bisect_right(among, moment, key=lambda week: week.start) - 1
    found = among[place] if place >= 0 else None
    return found if found is not None and moment < found.end else None


def outcome(sign_up: SignUp, *, now: datetime, lifetime: timedelta) -> tuple[Figure, str]:
    """Return what became of a sign-up: finished, given up at which step, or not over yet."""
    if sign_up.is_finished:
        return Figure.SIGN_UPS_FINISHED, ""
    if sign_up.is_refused:
        return Figure.GAVE_UP, Step.REFUSED_BY_READER
    if now < sign_up.ended_at(lifetime):
        return Figure.SIGN_UPS_OPEN, ""
    return Figure.GAVE_UP, _last_step(sign_up)


def _last_step(sign_up: SignUp) -> Step:
    if sign_up.is_confirmed:
        return Step.DETAILS_NOT_GIVEN
    steps: Mapping[str, Step] = {_KNOWN: Step.ADDRESS_KNOWN, _FULL: Step.ADDRESS_FULL}
    return steps.get(sign_up.mailed, Step.EMAIL_NOT_CONFIRMED)


def median(waits: Sequence[timedelta]) -> int:
    """Return the middle one, or the mean of the two in the middle, in whole minutes."""
    ordered = sorted(waits)
    middle = len(ordered) // 2
    both = ordered[middle - 1 + len(ordered) % 2 : middle + 1]
    return int(sum(both, timedelta()) / len(both) / timedelta(minutes=1))
