"""What came of a verification, as the log itself keeps it: counts, enums, ids and times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from accounts.audit.verifying.queries import Report
from accounts.audit.verifying.rules import Finding, Trouble

KIND: Final = "audit_verification"
# Somebody who changed every row would fill the event.
MOST_FINDINGS: Final = 100
_FINDING: Final = "finding_{:03}"


class Compared(StrEnum):
    """Whether the copy outside the database was compared."""

    COMPARED = "compared"
    NO_COPY = "no_copy"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Result:
    """What a verification found; `found` counts all findings, of which some are listed."""

    seals: int
    events: int
    purged: int
    unsealed: int
    last_sealed_at: datetime | None
    compared: Compared
    found: int
    findings: list[Finding]


def as_detail(report: Report, compared: Compared) -> dict[str, str | int | bool]:
    """Return a report as an event keeps it."""
    listed = report.findings[:MOST_FINDINGS]
    return {
        "seals": report.seals,
        "events": report.events,
        "purged": report.purged,
        "unsealed": report.unsealed,
        "last_sealed_at": _text(report.last_sealed_at),
        "copy": compared.value,
        "findings": len(report.findings),
        **{_FINDING.format(place): _packed(one) for place, one in enumerate(listed, start=1)},
    }


def read(detail: Mapping[str, Any]) -> Result | None:
    """Return what `as_detail` kept, None of anything else: somebody may have edited this event."""
    try:
        return Result(
            seals=int(detail["seals"]),
            events=int(detail["events"]),
            purged=int(detail["purged"]),
            unsealed=int(detail["unsealed"]),
            last_sealed_at=_time(detail["last_sealed_at"]),
            compared=Compared(detail["copy"]),
            found=int(detail["findings"]),
            findings=[*_findings(detail)],
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _findings(detail: Mapping[str, Any]) -> Iterator[Finding]:
    for place in range(1, MOST_FINDINGS + 1):
        if packed := detail.get(_FINDING.format(place)):
            trouble, seal, event, other, since, until = packed.split("|")
            yield Finding(
                Trouble(trouble),
                seal=int(seal),
                event=int(event),
                other=int(other),
                since=_time(since),
                until=_time(until),
            )


def _packed(one: Finding) -> str:
    numbers = (one.trouble.value, str(one.seal), str(one.event), str(one.other))
    return "|".join((*numbers, _text(one.since), _text(one.until)))


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
