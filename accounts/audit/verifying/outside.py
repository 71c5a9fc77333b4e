"""Compares the seals with their copy outside the database."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from accounts.audit import canonical, keys
from accounts.audit.keys import PublicKeys
from accounts.audit.sealing import copy
from accounts.audit.sealing.copy import Line
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.models import AuditSeal


def differences(file: Path, public: PublicKeys) -> Iterator[Finding]:
    """Yield what the copy has and the log has not, or has otherwise, or the other way round.

    Newest seals that the copy does not have yet are no finding: they may be added shortly.

    Raises:
        OSError: the copy cannot be read.
    """
    ours = dict(AuditSeal.objects.order_by("number").values_list("number", "hash"))
    seen: set[int] = set()
    cut: list[Line] = []
    for line in copy.lines(file):
        if not line.text:
            continue  # torn by a crash; the next line says it again
        if not _is_genuine(line, public):
            yield Finding(Trouble.COPY_FORGED)
            continue
        number = line.seal["number"]
        seen.add(number)
        if number not in ours:
            cut.append(line)
        elif ours[number] != line.hash:
            yield Finding(Trouble.COPY_DIFFERS, seal=number)
    if cut:
        yield _end_cut(cut)
    for number in sorted(set(ours) - seen):
        if number < max(seen, default=0):
            yield Finding(Trouble.COPY_LACKS, seal=number)


def _is_genuine(line: Line, public: PublicKeys) -> bool:
    is_hashed = line.hash == canonical.digest(line.text)
    return is_hashed and keys.is_signed(
        public, line.seal.get("key_id", ""), line.text, line.signature
    )


def _end_cut(cut: list[Line]) -> Finding:
    first, last = cut[0].seal, cut[-1].seal
    return Finding(
        Trouble.END_CUT,
        seal=first["number"],
        other=last["number"],
        event=sum(line.seal["count"] for line in cut),
        since=_time(first["first_at"]),
        until=_time(last["last_at"]),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
