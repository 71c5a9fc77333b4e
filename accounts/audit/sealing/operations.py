"""Writes seals."""

from hashlib import sha256
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import canonical, keys
from accounts.audit.sealing import positions, queries
from accounts.audit.sealing.positions import Horizon, Stretch
from accounts.models import AuditSeal

# Events of one seal: so few can be looked through for the one that was changed.
_MOST: Final = 1000


def seal() -> list[AuditSeal]:
    """Seal all that finished transactions recorded since the newest seal; return the new ones.

    What a transaction recorded that has not ended stays for a later call. Where another process
    seals at the same moment, one of both goes on.

    Raises:
        NoKeyError: there is no key to sign with.
    """
    signer, now = keys.signer(), positions.horizon()
    made: list[AuditSeal] = []
    while row := _next(signer, now):
        try:
            with transaction.atomic():
                # Read and hashed before: writers on SQLite wait for this one row alone.
                row.save(force_insert=True)
        except IntegrityError:
            break  # another process made the seal of this number
        made.append(row)
    return made


def _next(signer: keys.Signer, now: Horizon) -> AuditSeal | None:
    last = queries.newest()
    stretch = _at_most(positions.next_stretch(last, now))
    found = _found(stretch)
    if not found["count"] and stretch.end != positions.END:
        return None
    row = AuditSeal(
        number=last.number + 1 if last else 1,
        after_id=stretch.after_id,
        from_position=stretch.start,
        to_position=stretch.end,
        next_position=now.next,
        previous_hash=last.hash if last else "",
        sealed_at=timezone.now(),
        key_id=signer.name,
        **found,
    )
    text = canonical.seal(row)
    row.hash, row.signature = canonical.digest(text), signer.signature(text)
    return row


def _at_most(stretch: Stretch) -> Stretch:
    """Return the stretch, or its beginning if it holds too many events for one seal."""
    rows = stretch.rows().values_list(positions.column(), flat=True)
    beyond = list(rows[_MOST : _MOST + 1])
    if not beyond:
        return stretch
    # All events of one transaction have one position, and stay together.
    end = max(beyond[0], rows[0] + 1)
    return Stretch(stretch.after_id, stretch.start, end, stretch.last_id)


def _found(stretch: Stretch) -> dict[str, Any]:
    """Return the columns of a seal that tell of its events."""
    lines, numbers, times = [], [], []
    for values in stretch.rows().values_list(*canonical.COLUMNS).iterator():
        number = values[_ID]
        lines.append(canonical.listed(number, canonical.event(values)))
        numbers.append(number)
        times.append(values[_AT])
    listed = "".join(lines)
    return {
        "count": len(lines),
        "first_id": min(numbers, default=None),
        "last_id": max(numbers, default=None),
        "first_at": min(times, default=None),
        "last_at": max(times, default=None),
        "row_hashes": listed,
        "rows_hash": sha256(listed.encode()).hexdigest(),
    }


_ID: Final = canonical.COLUMNS.index("id")
_AT: Final = canonical.COLUMNS.index("at")
