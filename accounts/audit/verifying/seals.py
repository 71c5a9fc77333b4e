"""Whether seals and tombstones are what our key signed, and follow each other."""

from collections.abc import Iterator

from accounts.audit import canonical, keys
from accounts.audit.keys import PublicKeys
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.models import AuditSeal, AuditTombstone


def amiss(seal: AuditSeal, before: AuditSeal | None, public: PublicKeys) -> Iterator[Finding]:
    """Yield what is wrong with a seal itself, and with its place behind the one before."""
    expected = before.number + 1 if before else 1
    if seal.number != expected:
        yield Finding(Trouble.SEALS_MISSING, seal=expected, other=seal.number - 1)
    elif seal.previous_hash != (before.hash if before else ""):
        yield Finding(Trouble.SEAL_UNCHAINED, seal=seal.number)
    text = canonical.seal(seal)
    if seal.hash != canonical.digest(text):
        yield Finding(Trouble.SEAL_CHANGED, seal=seal.number)
    if seal.key_id not in public:
        yield Finding(Trouble.KEY_UNKNOWN, seal=seal.number)
    elif not keys.is_signed(public, seal.key_id, text, seal.signature):
        yield Finding(Trouble.SEAL_FORGED, seal=seal.number)


def purged(public: PublicKeys) -> tuple[int, list[Finding]]:
    """Return the number of the last seal whose events were rightly purged, and what is amiss.

    Each tombstone begins where the one before ended, and names the hash of its last seal.
    """
    last, found = 0, []
    for row in AuditTombstone.objects.order_by("number"):
        text = canonical.tombstone(row)
        if row.hash != canonical.digest(text) or not keys.is_signed(
            public, row.key_id, text, row.signature
        ):
            found.append(
                Finding(Trouble.TOMBSTONE_FORGED, seal=row.first_seal, other=row.last_seal)
            )
        elif row.first_seal != last + 1 or not _names_its_seal(row):
            found.append(Finding(Trouble.TOMBSTONE_AMISS, seal=row.first_seal, other=row.last_seal))
        else:
            last = row.last_seal
    return last, found


def _names_its_seal(row: AuditTombstone) -> bool:
    return AuditSeal.objects.filter(number=row.last_seal, hash=row.last_seal_hash).exists()
