"""Counts weeks from the audit log: every fact outlives what it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from idp.console.figures import rules
from idp.console.figures.rules import Counts, Figure, SignUp, Week
from idp.console.stuck.rules import Cause

# A recovery that ends was begun at most so long before: waits, pauses and the time it is open.
_LONGEST_RECOVERY: Final = timedelta(days=120)
_NO_CAUSE: Final = (Cause.NOTHING_HERE, Cause.NOTHING_WRONG)
_SIGN_UPS: Final = (
    Event.SIGN_UP_REQUESTED,
    Event.SIGN_UP_CONFIRMED,
    Event.SIGN_UP_REFUSED,
    Event.ACCOUNT_CREATED,
)


def count(weeks: Sequence[Week], *, now: datetime) -> dict[Week, Counts]:
    """Return what was counted in each of these weeks, which follow each other."""
    counted: dict[Week, Counts] = {week: Counter() for week in weeks}
    if weeks:
        _count_sign_ups(counted, weeks, now)
        _count_recoveries(counted, weeks)
        for week in weeks:
            counted[week].update(_sign_ins(week))
            counted[week].update(_stuck(week))
    return counted


def is_over(week: Week, *, now: datetime) -> bool:
    """Say whether nothing of a week can change any more: its last sign-up has ended too."""
    return now >= week.end + _longest_sign_up()


def _longest_sign_up() -> timedelta:
    """Return after how long no sign-up goes on, another address or mail meanwhile included."""
    lifetime: timedelta = settings.SIGN_UP_LIFETIME
    return 3 * lifetime


def _count_sign_ups(counted: dict[Week, Counts], weeks: Sequence[Week], now: datetime) -> None:
    longest = _longest_sign_up()
    for sign_up in _sign_ups(weeks[0].start - longest, weeks[-1].end + longest):
        week = rules.week_of(sign_up.begun_at, weeks)
        if week is not None:
            counted[week][Figure.SIGN_UPS_STARTED, ""] += 1
            became = rules.outcome(sign_up, now=now, lifetime=settings.SIGN_UP_LIFETIME)
            counted[week][became] += 1


def _sign_ups(since: datetime, until: datetime) -> Iterable[SignUp]:
    """Return the sign-ups of a time; what was typed anew in the same tab is the same one."""
    found: dict[str, SignUp] = {}
    rows = AuditEvent.objects.filter(event__in=_SIGN_UPS, object_kind="sign_up")
    rows = rows.filter(at__gte=since, at__lt=until).order_by("at", "pk")
    columns = rows.values_list("object_id", "event", "at", "reason", "detail__instead_of")
    for number, event, at, reason, instead_of in columns.iterator():
        if number not in found:
            found[number] = found.get(instead_of or "") or SignUp(at)
        _note(found[number], event, at, reason)
    return {id(sign_up): sign_up for sign_up in found.values()}.values()


def _note(sign_up: SignUp, event: str, at: datetime, reason: str) -> None:
    match event:
        case Event.SIGN_UP_REQUESTED:
            sign_up.mailed, sign_up.last_mailed_at = reason, at
        case Event.SIGN_UP_CONFIRMED:
            sign_up.is_confirmed = True
        case Event.SIGN_UP_REFUSED:
            sign_up.is_refused = True
        case Event.ACCOUNT_CREATED:
            sign_up.is_finished = True


def _count_recoveries(counted: dict[Week, Counts], weeks: Sequence[Week]) -> None:
    begun: dict[str, datetime] = {}
    waits: defaultdict[Week, list[timedelta]] = defaultdict(list)
    for number, event, at in _recoveries(weeks[0].start - _LONGEST_RECOVERY, weeks[-1].end):
        week = rules.week_of(at, weeks)
        if event == Event.RECOVERY_STARTED:
            begun[number] = at
        if week is None:
            continue
        counted[week][_RECOVERIES[event], ""] += 1
        if event == Event.RECOVERY_COMPLETED and number in begun:
            waits[week].append(at - begun[number])
    for week, found in waits.items():
        counted[week][Figure.RECOVERY_WAIT, ""] = rules.median(found)


_RECOVERIES: Final = {
    Event.RECOVERY_STARTED.value: Figure.RECOVERIES_STARTED,
    Event.RECOVERY_COMPLETED.value: Figure.RECOVERIES_FINISHED,
    Event.RECOVERY_CANCELLED.value: Figure.RECOVERIES_ENDED,
    Event.RECOVERY_EXPIRED.value: Figure.RECOVERIES_ENDED,
}


def _recoveries(since: datetime, until: datetime) -> Iterable[tuple[str, str, datetime]]:
    rows = AuditEvent.objects.filter(event__in=_RECOVERIES, at__gte=since, at__lt=until)
    return rows.order_by("at", "pk").values_list("object_id", "event", "at").iterator()


def _sign_ins(week: Week) -> Counts:
    """Count the sessions that residents began, by the last proof: that of the second step."""
    rows = AuditEvent.objects.filter(
        event=Event.SESSION_STARTED,
        at__gte=week.start,
        at__lt=week.end,
        # One that only adds to another session names that one.
        object_id="",
        # The staff are actors of another kind.
        actor_kind=ActorKind.RESIDENT,
    ).exclude(account_id__in=Account.objects.filter(is_test=True).values("pk"))
    counted = rows.order_by().values_list("reason").annotate(number=Count("*"))
    return Counter({(Figure.SIGN_INS, method): number for method, number in counted})


def _stuck(week: Week) -> Counts:
    """Count the causes that staff were shown, each once for every caller.

    That nothing was found counts only where nothing was found later either.
    """
    found = AuditEvent.objects.filter(event=Event.HELP_CAUSE_FOUND)
    a_cause = found.filter(object_id=OuterRef("object_id")).exclude(reason__in=_NO_CAUSE)
    rows = found.filter(at__gte=week.start, at__lt=week.end)
    rows = rows.exclude(Q(reason__in=_NO_CAUSE) & Exists(a_cause))
    counted = rows.order_by().values_list("reason").annotate(number=Count("*"))
    return Counter({(Figure.STUCK, cause): number for cause, number in counted})
