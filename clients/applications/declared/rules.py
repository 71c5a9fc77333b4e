"""What a document would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One member of the document: what it says now, and what it shall say; None is nothing."""

    member: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two documents of the same members; all that is new at first."""
    if before is None:
        return [Difference(member, None, value) for member, value in after.items() if value]
    return [
        Difference(member, before[member], value)
        for member, value in after.items()
        if before[member] != value
    ]
