"""What the page of figures shows, and the file of the same."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.bars import Bar, bars
from accounts.pages.moments import moment
from idp.portal.figures.queries import Figures
from idp.portal.figures.rules import PERCENTILES, Period, Refusals, cell, drawn, others
from idp.portal.trail.page import ENDPOINTS
from idp.portal.trail.words.catalogue import explained


@dataclass(frozen=True)
class Row:
    """One period of the table."""

    label: str
    sign_ins: int
    agreed: int
    refused: int
    errors: int
    latencies: list[str]


@dataclass(frozen=True)
class ErrorsRow:
    """One period of the table of errors; `reasons` are the most frequent ones, in their order."""

    label: str
    reasons: list[int]
    others: int


def charts(found: Figures, *, by_hour: bool) -> list[SafeString]:
    """Return the charts, each with what it says in words."""
    listed = found.periods
    return [
        _chart("sign-ins", _("Sign-ins"), listed, lambda one: one.sign_ins, by_hour=by_hour),
        _chart("agreed", _("Agreed to share"), listed, lambda one: one.agreed, by_hour=by_hour),
        _chart("refused", _("Did not share"), listed, lambda one: one.refused, by_hour=by_hour),
        _chart("failed", _("Refused requests"), listed, lambda one: one.errors, by_hour=by_hour),
        *(_latency(part, listed, by_hour=by_hour) for part in PERCENTILES),
    ]


def _chart(
    name: str,
    title: str,
    listed: Sequence[Period],
    value: Callable[[Period], int],
    *,
    by_hour: bool,
) -> SafeString:
    total = sum(map(value, listed))
    description = ngettext("{number} in all.", "{number} in all.", total).format(number=total)
    shown = [Bar(_short(one, by_hour=by_hour), value(one)) for one in listed]
    return bars(name=name, title=title, description=description, shown=shown)


def _latency(percentile: int, listed: Sequence[Period], *, by_hour: bool) -> SafeString:
    title = _("Milliseconds in which {percentile} of 100 requests were answered")
    return bars(
        name=f"latency-{percentile}",
        title=title.format(percentile=percentile),
        description=_("Nothing is drawn where there was no request."),
        shown=[Bar(_short(one, by_hour=by_hour), one.latency[percentile] or 0) for one in listed],
    )


def rows(found: Figures, *, by_hour: bool) -> list[Row]:
    """Return the table behind the charts, the newest period first."""
    return [
        Row(
            _label(one, by_hour=by_hour),
            one.sign_ins,
            one.agreed,
            one.refused,
            one.errors,
            ["–" if one.latency[part] is None else str(one.latency[part]) for part in PERCENTILES],
        )
        for one in reversed(found.periods)
    ]


def errors_chart(found: Figures) -> SafeString:
    """Return the chart of errors by reason, its bars numbered as the rows of the table are."""
    return bars(
        name="errors",
        title=_("Refused requests by reason"),
        description=_("The numbers are those of the reasons in the table."),
        shown=[Bar(str(place), one.number) for place, one in enumerate(found.refusals, start=1)],
        labelled=1,
    )


def errors_over_time(found: Figures, *, by_hour: bool) -> list[SafeString]:
    """Return a chart of each frequent reason, numbered as in the table, and one of the others."""
    listed, shown = found.periods, drawn(found.refusals)
    title = _("Reason {number}: {reason}")

    def others_of(period: Period) -> int:
        return others(period, found.refusals)

    charts = [
        _chart(
            f"reason-{place}",
            title.format(number=place, reason=in_words(one.reason)),
            listed,
            one.within,
            by_hour=by_hour,
        )
        for place, one in enumerate(shown, start=1)
    ]
    if has_others(found):
        last = _chart("reason-others", _("Other reasons"), listed, others_of, by_hour=by_hour)
        charts.append(last)
    return charts


def errors_rows(found: Figures, *, by_hour: bool) -> list[ErrorsRow]:
    """Return the table behind the charts of reasons, the newest period first."""
    return [
        ErrorsRow(
            _label(period, by_hour=by_hour),
            [one.within(period) for one in drawn(found.refusals)],
            others(period, found.refusals),
        )
        for period in reversed(found.periods)
    ]


def has_others(found: Figures) -> bool:
    """Return whether there are reasons that have no chart of their own."""
    return any(others(period, found.refusals) for period in found.periods)


def errors(found: Figures) -> list[tuple[str, str, int]]:
    """Return endpoint, reason in words and number of what was refused."""
    return [
        (str(ENDPOINTS.get(one.endpoint, one.endpoint)), in_words(one.reason), one.number)
        for one in found.refusals
    ]


def in_words(reason: str) -> str:
    """Return what a reason of refusals means."""
    # Of all such requests at once: what a single one sent is in its own entry.
    happened = str(explained(reason).happened)
    for name in ("sent", "parameter", "issuer", "method"):
        happened = happened.replace(f"{{{name}}}", "…")
    return happened


def csv_file(found: Figures) -> str:
    """Return the periods and the errors as CSV (RFC 4180), for spreadsheets."""
    text = StringIO()
    writer = csv.writer(text)
    latencies = [f"p{part}_milliseconds" for part in PERCENTILES]
    writer.writerow(["start", "sign_ins", "agreed", "refused", *latencies, "errors"])
    for one in found.periods:
        numbers = [one.sign_ins, one.agreed, one.refused, *(one.latency[p] for p in PERCENTILES)]
        values = (one.start.isoformat(), *numbers, one.errors)
        writer.writerow([cell(value) for value in values])
    writer.writerow([])
    writer.writerow(["endpoint", "reason", "requests", "in_words"])
    for line in found.refusals:
        shown = (line.endpoint, line.reason, line.number, in_words(line.reason))
        writer.writerow([cell(value) for value in shown])
    writer.writerow([])
    writer.writerow(["start", "endpoint", "reason", "requests"])
    for period, line in over_time(found):
        counted = (period.start.isoformat(), line.endpoint, line.reason, line.within(period))
        writer.writerow([cell(value) for value in counted])
    return text.getvalue()


def over_time(found: Figures) -> list[tuple[Period, Refusals]]:
    """Return each period with each reason that refused something in it, the oldest first."""
    return [
        (period, one) for period in found.periods for one in found.refusals if one.within(period)
    ]


def _label(period: Period, *, by_hour: bool) -> str:
    return moment(period.start) if by_hour else date_format(localtime(period.start), "j F Y")


def _short(period: Period, *, by_hour: bool) -> str:
    # Whole hours: 5pm. There is little room below the bars.
    start = localtime(period.start)
    return date_format(start, "gA").lower() if by_hour else date_format(start, "j M")
