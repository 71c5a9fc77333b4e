"""What the service owner's pages show: values in words, changes, and what somebody else did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.functional import Promise

from accounts.council import queries, rules
from accounts.council.rules import Detail, Values
from accounts.council.shown import phone_as_written
from accounts.models import CouncilDetails
from accounts.pages.moments import time_of_day
from idp.console.council.forms import DetailsForm, as_typed
from idp.console.council.wording import CHANGED_MEANWHILE, CHANGED_TOO, LABELS, SOMEBODY


@dataclass(frozen=True)
class Line:
    """One value: what it is called, how it is shown, and how it was shown before."""

    label: Promise
    now: str
    before: str = ""


@dataclass(frozen=True)
class VersionLine:
    """One version in the list: who published it when, and what it changed."""

    number: int
    at: datetime
    who: str
    changed: list[Promise]
    put_back: int | None
    is_current: bool


def lines(values: Values) -> list[Line]:
    """Return every value as it is shown."""
    return [Line(LABELS[one], _shown(one, values)) for one in Detail]


def differences(before: Values, after: Values) -> list[Line]:
    """Return what would change, from what to what."""
    return [
        Line(LABELS[one], _shown(one, after), _shown(one, before))
        for one in rules.changed(before, after)
    ]


def version_lines(rows: Iterable[CouncilDetails]) -> list[VersionLine]:
    """Return the versions for the list; the last of the rows only says what was before them."""
    pairs = pairwise([*rows, None])
    return [
        _version_line(row, before, is_current=at == 0)
        for at, (row, before) in enumerate(pairs)
        if row is not None
    ]


def _version_line(
    row: CouncilDetails, before: CouncilDetails | None, *, is_current: bool
) -> VersionLine:
    changed = rules.changed(queries.values_of(before), queries.values_of(row))
    return VersionLine(
        row.number,
        row.published_at,
        who(row),
        [LABELS[one] for one in changed],
        row.put_back,
        is_current,
    )


def who(row: CouncilDetails) -> str:
    """Return the name of whoever published a version."""
    return row.published_by.full_name if row.published_by else str(SOMEBODY)


def met(form: DetailsForm, newest: CouncilDetails, begun: CouncilDetails | None) -> DetailsForm:
    """Return the form with what somebody else published meanwhile taken in, and said beside it."""
    published = queries.values_of(newest)
    merged = rules.merge(begun=queries.values_of(begun), published=published, typed=form.values())
    again = DetailsForm(as_typed(merged.values, begun_at=newest.number))
    again.full_clean()
    at = time_of_day(newest.published_at)
    again.add_error(None, CHANGED_MEANWHILE.format(who=who(newest), at=at))
    for one in merged.both:
        said = CHANGED_TOO.format(label=LABELS[one], who=who(newest), value=_shown(one, published))
        again.add_error(one, said)
    return again


def _shown(detail: Detail, values: Values) -> str:
    value = values[detail]
    return phone_as_written(value) if detail is Detail.PHONE else value
