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

from idp.portal.figures.queries import Figures
from idp.portal.figures.rules import PERCENTILES, Period, cell
from idp.portal.figures.svg import Bar, bars
from idp.portal.trail.page import ENDPOINTS
from idp.portal.trail.words.catalogue import explained


@dataclass(frozen=True)
class Row:
    """One period of the table."""

    label: str
    sign_ins: int
    agreed: int
    refused: int
    latencies: list[str]


def charts(found: Figures, *, by_hour: bool) -> list[SafeString]:
    """Return the charts, each with what it says in words."""
    listed = found.periods
    return [
        _chart("sign-ins", _("Sign-ins"), listed, lambda one: one.sign_ins, by_hour=by_hour),
        _chart("agreed", _("Agreed to share"), listed, lambda one: one.agreed, by_hour=by_hour),
        _chart("refused", _("Did not share"), listed, lambda one: one.refused, by_hour=by_hour),
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
    writer.writerow(["start", "sign_ins", "agreed", "refused", *latencies])
    for one in found.periods:
        numbers = [one.sign_ins, one.agreed, one.refused, *(one.latency[p] for p in PERCENTILES)]
        writer.writerow([cell(value) for value in (one.start.isoformat(), *numbers)])
    writer.writerow([])
    writer.writerow(["endpoint", "reason", "requests", "in_words"])
    for line in found.refusals:
        values = (line.endpoint, line.reason, line.number, in_words(line.reason))
        writer.writerow([cell(value) for value in values])
    return text.getvalue()


def _label(period: Period, *, by_hour: bool) -> str:
    return date_format(localtime(period.start), "j F Y, H:i" if by_hour else "j F Y")


def _short(period: Period, *, by_hour: bool) -> str:
    return date_format(localtime(period.start), "H:i" if by_hour else "j M")
