"""Purges events of long ago."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.audit import canonical, keys
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.keys import PublicKeys
from accounts.audit.operations import About, record
from accounts.audit.sealing import queries as sealing
from accounts.audit.verifying import events, seals
from accounts.models import AuditEvent, AuditSeal, AuditTombstone

_TABLE: Final = AuditTombstone._meta.db_table  # noqa: SLF001 - Django's documented API


class TooYoungError(Exception):
    """Events of that time must still be kept."""


class NotOwnerError(Exception):
    """On PostgreSQL only the role that owns the log purges it."""


class NotWholeError(Exception):
    """Something was done to what should go: that must be looked into first."""


class NothingToPurgeError(Exception):
    """No whole seal is that old."""


def earliest() -> datetime:
    """Return the time before which events may be purged."""
    return timezone.now() - settings.AUDIT_KEPT


def purge(*, before: datetime, by: Actor) -> AuditTombstone:
    """Delete the events of all seals that hold none from `before` or later; return the tombstone.

    Raises:
        TooYoungError: see there; as the others.
        NotOwnerError: …
        NotWholeError: …
        NothingToPurgeError: …
        NoKeyError: there is no key to sign the tombstone with.
    """
    if before > earliest():
        raise TooYoungError
    if not _is_owner():
        raise NotOwnerError
    signer = keys.signer()
    with transaction.atomic():
        going = _going(before, keys.public())
        row = _tombstone(going, by, signer)
        deleted = _delete(going)
        if deleted != row.count:
            raise NotWholeError  # somebody put one in meanwhile
        about = About(
            object_kind="audit_tombstone",
            object_id=str(row.number),
            detail={"first_seal": row.first_seal, "last_seal": row.last_seal, "events": row.count},
        )
        record(Event.AUDIT_PURGED, by=by, about=about)
    return row


def _going(before: datetime, public: PublicKeys) -> list[AuditSeal]:
    """Return the oldest seals that are not purged yet, as far as all of them are old."""
    purged_to, amiss = seals.purged(public)
    if amiss:
        raise NotWholeError
    stretches = sealing.stretches()
    previous = AuditSeal.objects.filter(number=purged_to).first()
    going: list[AuditSeal] = []
    for seal in sealing.in_order(above=purged_to):
        if seal.last_at is not None and seal.last_at >= before:
            break
        found = [*seals.amiss(seal, previous, public)]
        if found or [*events.differences(seal, stretches.of(seal))]:
            raise NotWholeError
        seal.row_hashes = ""  # not wanted any more; there may be many
        going.append(seal)
        previous = seal
    if not going:
        raise NothingToPurgeError
    return going


def _tombstone(going: list[AuditSeal], by: Actor, signer: keys.Signer) -> AuditTombstone:
    last = going[-1]
    newest = AuditTombstone.objects.aggregate(newest=Max("number"))["newest"] or 0
    row = AuditTombstone(
        number=newest + 1,
        first_seal=going[0].number,
        last_seal=last.number,
        last_seal_hash=last.hash,
        after_id=last.after_id,
        to_position=last.to_position,
        through_id=max((seal.last_id or 0 for seal in going), default=0),
        count=sum(seal.count for seal in going),
        purged_at=timezone.now(),
        actor_kind=by.kind,
        actor_id=by.id,
        key_id=signer.name,
    )
    text = canonical.tombstone(row)
    row.hash, row.signature = canonical.digest(text), signer.signature(text)
    row.save(force_insert=True)
    return row


def _delete(going: list[AuditSeal]) -> int:
    stretches = sealing.stretches()
    return sum(_deleted(stretches.of(seal).rows()) for seal in going)


def _deleted(rows: QuerySet[AuditEvent]) -> int:
    return rows.order_by().delete()[0]


def _is_owner() -> bool:
    if connection.vendor != "postgresql":
        return True  # there are no roles: whoever may write the file is its owner
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') "
            "FROM pg_class WHERE oid = %s::regclass",
            [_TABLE],
        )
        [may] = cursor.fetchone()
    return bool(may)
