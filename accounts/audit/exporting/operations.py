"""Writes an export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Protocol

from django.db import transaction

from accounts.audit import canonical
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.audit.sealing import queries as sealing
from accounts.audit.sealing.positions import Stretch
from accounts.models import AuditSeal, AuditTombstone

# A piece for the network: some hundred kilobytes.
_LINES_OF_A_PIECE: Final = 500


class Writable(Protocol):
    """Where the lines go."""

    def write(self, text: str, /) -> object:
        """Take a text."""


@dataclass
class Written:
    """How much an export holds."""

    events: int = 0
    unsealed: int = 0
    seals: int = 0
    tombstones: int = 0


def export(*, to: Writable, since: datetime | None, until: datetime | None, by: Actor) -> Written:
    """Write the events from `since` to before `until`, with all that was sealed along with them.

    The tombstones come first, then each seal behind its events, at the end events that no seal
    covers yet. Nothing is kept in memory but the events of one seal.
    """
    _tell(since, until, by)
    written = Written()
    for line in _lines(since, until, written):
        to.write(line)
    return written


def stream(*, since: datetime, until: datetime, by: Actor) -> Iterator[str]:
    """Return the same in pieces of a few hundred lines, each read when it is asked for."""
    _tell(since, until, by)
    return _pieces(_lines(since, until, Written()))


def _tell(since: datetime | None, until: datetime | None, by: Actor) -> None:
    # Told before, so that no export is untold; it may itself be the last line.
    with transaction.atomic():
        detail = {name: str(time) for name, time in (("from", since), ("to", until)) if time}
        record(Event.AUDIT_EXPORTED, by=by, about=About(detail=detail))


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, _LINES_OF_A_PIECE)):
        yield piece


def _lines(since: datetime | None, until: datetime | None, written: Written) -> Iterator[str]:
    stretches = sealing.stretches()
    for tombstone in AuditTombstone.objects.order_by("number"):
        yield f"{canonical.signed(tombstone)}\n"
        written.tombstones += 1
    for seal in sealing.in_order():
        if _is_within(seal, since, until):
            for text in _texts(stretches.of(seal), None, None):
                yield f"{text}\n"
                written.events += 1
            yield f"{canonical.signed(seal)}\n"
            written.seals += 1
    for text in _texts(stretches.unsealed(), since, until):
        yield f"{text}\n"
        written.unsealed += 1


def _is_within(seal: AuditSeal, since: datetime | None, until: datetime | None) -> bool:
    if seal.first_at is None or seal.last_at is None:
        return True  # it closes a stretch without an event
    return (since is None or seal.last_at >= since) and (until is None or seal.first_at < until)


def _texts(stretch: Stretch, since: datetime | None, until: datetime | None) -> Iterator[str]:
    rows = stretch.rows()
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    for values in rows.values_list(*canonical.COLUMNS).iterator():
        yield canonical.event(values)
