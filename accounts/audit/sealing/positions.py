"""Where events stand in the order that seals go by, and up to where that order is settled.

On PostgreSQL ids come out of the order of commits, so the number of the transaction counts: below
the snapshot's xmin every one has ended, and no event can join them any more. SQLite has one writer,
so the id counts.
"""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Max, QuerySet

from accounts.models import AuditEvent, AuditSeal

# Above every position: the end of the last seal before a move to another server.
END: Final = 2**63 - 1


@dataclass(frozen=True)
class Horizon:
    """All below `settled` is there for good; nothing was given `next` or more yet."""

    settled: int
    next: int


@dataclass(frozen=True)
class Stretch:
    """A part of the log: positions from `start` to just below `end`, ids above `after_id`.

    `last_id` bounds the ids where transactions were counted anew later on.
    """

    after_id: int
    start: int
    end: int
    last_id: int | None = None

    def rows(self) -> QuerySet[AuditEvent]:
        """Return its events, in order; nothing lies before the first stretch."""
        position, order = column(), ["id"] if _by_id() else ["transaction_id", "id"]
        bounds = {f"{position}__gte": self.start} if self.start else {}
        if self.end != END:
            bounds[f"{position}__lt"] = self.end
        if self.after_id:
            bounds["id__gt"] = self.after_id
        if self.last_id is not None:
            bounds["id__lte"] = self.last_id
        # One filter for each: on SQLite two of them bound the id.
        rows = AuditEvent.objects.order_by(*order)
        for name, value in bounds.items():
            rows = rows.filter(**{name: value})
        return rows


def column() -> str:
    """Return the name of the column that holds the position."""
    return "id" if _by_id() else "transaction_id"


def horizon() -> Horizon:
    """Return up to where the log is settled at this moment."""
    if _by_id():
        newest = AuditEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
        return Horizon(newest + 1, newest + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint "
            "FROM pg_current_snapshot() AS now"
        )
        settled, following = cursor.fetchone()
    return Horizon(settled, following)


def next_stretch(last: AuditSeal | None, now: Horizon) -> Stretch:
    """Return what comes after the last seal.

    A server that the log was moved to by dump and restore counts its transactions from the start.
    What the other server left is then sealed to its end, and the rest above its highest id.
    """
    if last is None:
        return Stretch(0, 0, now.settled)
    if last.to_position == END:
        return Stretch(highest_id(), 0, now.settled)
    moved = not _by_id() and now.next < last.to_position
    return Stretch(last.after_id, last.to_position, END if moved else now.settled)


def highest_id() -> int:
    """Return the highest id of all sealed events."""
    return AuditSeal.objects.aggregate(highest=Max("last_id"))["highest"] or 0


def _by_id() -> bool:
    return connection.vendor == "sqlite"
