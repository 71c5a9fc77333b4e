"""Compares the events of one seal with what it lists."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from accounts.audit import canonical
from accounts.audit.sealing import positions
from accounts.audit.sealing.positions import Stretch
from accounts.audit.verifying import rules
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.models import AuditSeal

_ID: Final = canonical.COLUMNS.index("id")
_AT: Final = canonical.COLUMNS.index("at")
# By so much may clocks of two machines differ.
_CLOCKS: Final = timedelta(minutes=10)

Row = tuple[Any, ...]


def differences(seal: AuditSeal, stretch: Stretch) -> Iterator[Finding]:
    """Yield what is not as the seal has it, event by event."""
    try:
        rows = {row[_ID]: row for row in stretch.rows().values_list(*canonical.COLUMNS).iterator()}
    except (TypeError, ValueError):
        yield _of(seal, Trouble.EVENTS_DIFFER)  # somebody put in what no column can hold
        return
    there = {number: canonical.digest(canonical.event(row)) for number, row in rows.items()}
    text = "".join(f"{number} {digest}\n" for number, digest in there.items())
    is_whole = canonical.digest(text) == seal.rows_hash
    if canonical.digest(seal.row_hashes) != seal.rows_hash:
        # Whoever changed the list could point at the wrong event.
        yield _of(seal, Trouble.LIST_CHANGED if is_whole else Trouble.EVENTS_DIFFER)
    elif not is_whole:
        yield from _one_by_one(seal, rows, there)


def _one_by_one(seal: AuditSeal, rows: dict[int, Row], there: dict[int, str]) -> Iterator[Finding]:
    wanted = rules.listed(seal.row_hashes) or {}
    pairs = rules.may_be_swapped(rules.changed_ones(wanted, there))
    under = {(one, other): _under(rows[one], other) for one, other in pairs}
    found = rules.different(wanted, there, under)
    for trouble, event, other in found:
        yield Finding(trouble, seal=seal.number, event=event, other=other)
    if not found:
        yield _of(seal, Trouble.EVENTS_DIFFER)  # the same events in another order


def _under(row: Row, number: int) -> str:
    """Return what an event's hash would be, had it this id."""
    return canonical.digest(canonical.event((*row[:_ID], number, *row[_ID + 1 :])))


def backdated(before: AuditSeal, stretch: Stretch) -> Iterator[Finding]:
    """Yield events that were put in after this seal, and say they are from before it."""
    if stretch.after_id != before.after_id or before.to_position == positions.END:
        return  # transactions were counted anew in between
    began_later = {f"{positions.column()}__gte": before.next_position}
    rows = stretch.rows().filter(at__lt=before.sealed_at - _CLOCKS).filter(**began_later)
    for number in rows.values_list("id", flat=True):
        yield Finding(Trouble.EVENT_BACKDATED, seal=before.number, event=number)


def _of(seal: AuditSeal, trouble: Trouble) -> Finding:
    return Finding(
        trouble,
        seal=seal.number,
        event=seal.first_id or 0,
        other=seal.last_id or 0,
        since=seal.first_at,
        until=seal.last_at,
    )
