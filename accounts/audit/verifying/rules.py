"""Compares what a seal lists with what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

# Among more than so many changed events nobody looks for pairs.
_MOST_PAIRED: Final = 50


class Trouble(StrEnum):
    """What may be wrong; `wording.py` says it in words."""

    EVENT_CHANGED = "event_changed"
    EVENT_REMOVED = "event_removed"
    EVENT_INSERTED = "event_inserted"
    EVENTS_SWAPPED = "events_swapped"
    EVENT_BACKDATED = "event_backdated"
    EVENTS_DIFFER = "events_differ"
    LIST_CHANGED = "list_changed"
    PURGED_EVENT_THERE = "purged_event_there"
    SEAL_CHANGED = "seal_changed"
    SEAL_FORGED = "seal_forged"
    SEAL_UNCHAINED = "seal_unchained"
    SEALS_MISSING = "seals_missing"
    KEY_UNKNOWN = "key_unknown"
    TOMBSTONE_FORGED = "tombstone_forged"
    TOMBSTONE_AMISS = "tombstone_amiss"
    END_CUT = "end_cut"
    COPY_DIFFERS = "copy_differs"
    COPY_FORGED = "copy_forged"
    COPY_LACKS = "copy_lacks"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where: a seal, an event, another event or the last of several.

    `since` and `until` are the times of the events that it may concern.
    """

    trouble: Trouble
    seal: int = 0
    event: int = 0
    other: int = 0
    since: datetime | None = None
    until: datetime | None = None


Hashes = Mapping[int, str]


def listed(text: str) -> dict[int, str] | None:
    """Read the list of a seal: the hash of each event by its id; None if it is no such list."""
    try:
        pairs = [line.split(" ") for line in text.splitlines()]
        return {int(number): digest for number, digest in pairs}
    except ValueError:
        return None


def different(
    wanted: Hashes, there: Hashes, under: Mapping[tuple[int, int], str]
) -> list[tuple[Trouble, int, int]]:
    """Say of each event that is not as the seal lists it what became of it, by id.

    `under` holds what the hash of an event would be, had it another one's id.
    """
    changed = changed_ones(wanted, there)
    pairs = {
        (one, other)
        for one, other in under
        if one < other and under[one, other] == wanted[other] and under[other, one] == wanted[one]
    }
    paired = {number for pair in pairs for number in pair}
    found = [(Trouble.EVENTS_SWAPPED, *pair) for pair in pairs]
    found += [(Trouble.EVENT_CHANGED, number, 0) for number in changed if number not in paired]
    found += [(Trouble.EVENT_REMOVED, number, 0) for number in wanted.keys() - there.keys()]
    found += [(Trouble.EVENT_INSERTED, number, 0) for number in there.keys() - wanted.keys()]
    return sorted(found, key=lambda each: each[1:])


def changed_ones(wanted: Hashes, there: Hashes) -> list[int]:
    """Return the ids of events that are there with another content than the seal lists."""
    return [number for number in there if number in wanted and there[number] != wanted[number]]


def may_be_swapped(changed: list[int]) -> list[tuple[int, int]]:
    """Return the pairs of changed events to compare crosswise."""
    if len(changed) > _MOST_PAIRED:
        return []
    return [(one, other) for one in changed for other in changed if one != other]
