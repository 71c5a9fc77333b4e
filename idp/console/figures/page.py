"""What the page of figures by week shows, and the file of the same."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Final

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.bars import Bar, bars
from idp.console.figures.rules import Figure, WeekOf
from idp.console.figures.wording import METHODS, STEPS
from idp.console.stuck.rules import Cause
from idp.console.stuck.wording import WORDS

_AN_HOUR: Final = timedelta(hours=1)
_NOTHING: Final = "–"


@dataclass(frozen=True)
class Table:
    """One table: a column for each of `heads`, a row for each week, the newest first."""

    name: str
    title: str
    heads: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class _Column:
    """One column: its name in the file, what it is called, and its value in a week."""

    name: str
    head: str
    value: Callable[[WeekOf], int | str]


def _of(figure: Figure, head: str, part: str = "") -> _Column:
    name = f"{figure}_{part}" if part else str(figure)
    return _Column(name, head, lambda one: one.of(figure, part))


def _sign_ups() -> list[_Column]:
    return [
        _of(Figure.SIGN_UPS_STARTED, _("Started")),
        _of(Figure.SIGN_UPS_FINISHED, _("Finished")),
        _Column("gave_up", _("Gave up"), lambda one: one.total(Figure.GAVE_UP)),
        _of(Figure.SIGN_UPS_OPEN, _("Not over yet")),
    ]


def _given_up() -> list[_Column]:
    return [_of(Figure.GAVE_UP, str(words), step) for step, words in STEPS.items()]


def _stuck(found: Sequence[WeekOf]) -> list[_Column]:
    """Return the causes that there were, the most frequent first."""
    totals: Counter[str] = Counter()
    for one in found:
        totals.update({part: one.of(Figure.STUCK, part) for part in one.parts(Figure.STUCK)})
    return [
        _Column("stuck", _("In all"), lambda one: one.total(Figure.STUCK)),
        *(_of(Figure.STUCK, _cause(part), part) for part, _number in totals.most_common()),
    ]


def _cause(part: str) -> str:
    # Of a version before this one there may be others.
    return str(WORDS[Cause(part)].cause) if part in set(Cause) else part


def _recoveries() -> list[_Column]:
    return [
        _of(Figure.RECOVERIES_STARTED, _("Started")),
        _of(Figure.RECOVERIES_FINISHED, _("Back in")),
        _of(Figure.RECOVERIES_ENDED, _("Ended otherwise")),
        _Column("median_wait_hours", _("Median wait, in hours"), _hours),
    ]


def _sign_ins() -> list[_Column]:
    return [
        _Column("sign_ins", _("In total"), lambda one: one.total(Figure.SIGN_INS)),
        _Column("sign_ins_without_phone", _("Without a phone"), lambda one: one.without_phone),
        *(_of(Figure.SIGN_INS, str(words), method) for method, words in METHODS.items()),
    ]


def _hours(one: WeekOf) -> str:
    wait = one.median_wait
    return _NOTHING if wait is None else f"{wait / _AN_HOUR:.1f}"


def charts(found: Sequence[WeekOf]) -> list[SafeString]:
    """Return the charts, each with what it says in words."""
    started, finished, gave_up, _open = _sign_ups()
    stuck, *_causes = _stuck(found)
    _begun, back_in, *_others = _recoveries()
    total, without, *_methods = _sign_ins()
    return [
        _chart(started, _("Sign-ups started"), found),
        _chart(finished, _("Of these, finished"), found),
        _chart(gave_up, _("Of these, given up"), found),
        _chart(stuck, _("Callers whom staff saw stuck"), found),
        _chart(back_in, _("Got back in after a wait"), found),
        _chart(total, _("Sign-ins"), found),
        _chart(without, _("Sign-ins without a phone"), found),
    ]


def _chart(column: _Column, title: str, found: Sequence[WeekOf]) -> SafeString:
    shown = [Bar(date_format(one.week.start, "j M"), int(column.value(one))) for one in found]
    total = sum(bar.value for bar in shown)
    description = ngettext("{number} in all.", "{number} in all.", total).format(number=total)
    return bars(name=column.name, title=title, description=description, shown=shown)


def tables(found: Sequence[WeekOf]) -> list[Table]:
    """Return the tables behind the charts."""
    return [
        _table("sign-ups", _("Sign-ups, by the week in which they began"), _sign_ups(), found),
        _table("gave-up", _("Where those who gave up did so"), _given_up(), found),
        _table("stuck", _("Why callers were stuck"), _stuck(found), found),
        _table("recoveries", _("Getting back in after a wait"), _recoveries(), found),
        _table("sign-ins", _("Sign-ins"), _sign_ins(), found),
    ]


def _table(name: str, title: str, columns: list[_Column], found: Sequence[WeekOf]) -> Table:
    rows = [
        (_label(one), [str(column.value(one)) for column in columns]) for one in reversed(found)
    ]
    return Table(name, title, [column.head for column in columns], rows)


def _label(one: WeekOf) -> str:
    _year, week, _day = one.week.start.isocalendar()
    day = date_format(one.week.start, "j F Y")
    return _("%(day)s (week %(week)s)") % {"day": day, "week": week}


def csv_file(found: Sequence[WeekOf]) -> str:
    """Return the weeks as CSV (RFC 4180), the oldest first; numbers and days alone."""
    columns = [*_sign_ups(), *_given_up(), *_stuck(found), *_recoveries(), *_sign_ins()]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["week", "first_day", *(column.name for column in columns)])
    for one in found:
        year, week, _day = one.week.start.isocalendar()
        values = [column.value(one) for column in columns]
        shown = ["" if value == _NOTHING else value for value in values]
        writer.writerow([f"{year}-W{week:02}", one.week.start.date().isoformat(), *shown])
    return text.getvalue()
