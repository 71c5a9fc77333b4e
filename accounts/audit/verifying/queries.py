"""Verifies the whole log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count, Min

from accounts.audit.keys import PublicKeys
from accounts.audit.sealing import queries as sealing
from accounts.audit.sealing.queries import Stretches
from accounts.audit.verifying import events, outside, seals
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.models import AuditSeal


@dataclass(frozen=True)
class Report:
    """What was looked at and what is wrong; nothing is known of events that no seal covers yet."""

    findings: list[Finding]
    seals: int
    events: int
    purged: int
    unsealed: int
    last_sealed_at: datetime | None
    unsealed_since: datetime | None = None


def verify(*, public: PublicKeys, copy: Path | None = None) -> Report:
    """Compare every seal with its events, its signature and the seal before; the copy if given.

    Raises:
        OSError: the copy cannot be read.
    """
    purged_to, findings = seals.purged(public)
    stretches = sealing.stretches()
    count = there = gone = 0
    before: AuditSeal | None = None
    for seal in sealing.in_order():
        is_purged = seal.number <= purged_to
        findings += _of_seal(seal, before, stretches, public, is_purged=is_purged)
        count += 1
        there += 0 if is_purged else seal.count
        gone += seal.count if is_purged else 0
        before = seal
    unsealed = stretches.unsealed()
    waiting = unsealed.rows().aggregate(count=Count("id"), since=Min("at"))
    if before:
        findings += events.backdated(before, unsealed)
    if copy:
        findings += outside.differences(copy, public)
    sealed_at = before.sealed_at if before else None
    return Report(findings, count, there, gone, waiting["count"], sealed_at, waiting["since"])


def _of_seal(
    seal: AuditSeal,
    before: AuditSeal | None,
    stretches: Stretches,
    public: PublicKeys,
    *,
    is_purged: bool,
) -> Iterator[Finding]:
    yield from seals.amiss(seal, before, public)
    stretch = stretches.of(seal)
    if is_purged:
        for number in stretch.rows().values_list("id", flat=True):
            yield Finding(Trouble.PURGED_EVENT_THERE, seal=seal.number, event=number)
        return
    yield from events.differences(seal, stretch)
    if before:
        yield from events.backdated(before, stretch)
