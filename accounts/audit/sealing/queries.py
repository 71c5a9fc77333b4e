"""Reads seals."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from accounts.audit.sealing.positions import END, Stretch, highest_id
from accounts.models import AuditSeal

# Each holds a list of its events' hashes.
_AT_A_TIME: Final = 20


def newest() -> AuditSeal | None:
    """Return the newest seal, without its list of events."""
    return AuditSeal.objects.defer("row_hashes").order_by("number").last()


def in_order(*, above: int = 0) -> Iterator[AuditSeal]:
    """Yield the seals of numbers above this one, in order, few of them in memory."""
    while found := list(AuditSeal.objects.filter(number__gt=above).order_by("number")[:_AT_A_TIME]):
        yield from found
        above = found[-1].number


def stretches() -> "Stretches":
    """Return what tells the stretch of each seal."""
    starts = AuditSeal.objects.order_by("after_id").values_list("after_id", flat=True).distinct()
    last = newest()
    counted_anew = [highest_id()] if last and last.to_position == END else []
    return Stretches([*starts, *counted_anew], last)


class Stretches:
    """Tells the stretch of a seal: ids end where transactions were counted anew."""

    def __init__(self, starts: list[int], last: AuditSeal | None) -> None:
        self._ends = dict(pairwise(starts))
        self.last = last

    def of(self, seal: AuditSeal) -> Stretch:
        """Return the stretch that a seal covers."""
        last_id = self._ends.get(seal.after_id)
        return Stretch(seal.after_id, seal.from_position, seal.to_position, last_id)

    def unsealed(self) -> Stretch:
        """Return what lies behind the newest seal, settled or not."""
        if self.last is None:
            return Stretch(0, 0, END)
        if self.last.to_position == END:
            return Stretch(highest_id(), 0, END)
        return Stretch(self.last.after_id, self.last.to_position, END)
