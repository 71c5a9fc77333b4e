"""Whether one event is as it was when it was sealed."""

from enum import StrEnum

from accounts.audit import canonical, keys
from accounts.audit.sealing import positions
from accounts.audit.verifying import rules
from accounts.models import AuditEvent, AuditSeal


class Standing(StrEnum):
    """What its seal says of an event."""

    AS_SEALED = "as_sealed"
    NOT_SEALED_YET = "not_sealed_yet"
    CHANGED = "changed"
    PUT_IN = "put_in"
    SEAL_AMISS = "seal_amiss"


def standing(event: AuditEvent) -> tuple[Standing, int]:
    """Return how an event stands, and the number of its seal, 0 without one.

    Of one that was put in between two seals, or changed places, only a whole verification knows.
    """
    position = getattr(event, positions.column())
    rows = AuditSeal.objects.filter(from_position__lte=position, to_position__gt=position)
    seal = rows.filter(after_id__lt=event.pk).order_by("number").last()
    if seal is None:
        return Standing.NOT_SEALED_YET, 0
    text = canonical.seal(seal)
    is_ours = keys.is_signed(keys.public(), seal.key_id, text, seal.signature)
    listed = rules.listed(seal.row_hashes)
    if not is_ours or listed is None or canonical.digest(seal.row_hashes) != seal.rows_hash:
        return Standing.SEAL_AMISS, seal.number
    [values] = AuditEvent.objects.filter(pk=event.pk).values_list(*canonical.COLUMNS)
    if event.pk not in listed:
        return Standing.PUT_IN, seal.number
    is_same = listed[event.pk] == canonical.digest(canonical.event(values))
    return Standing.AS_SEALED if is_same else Standing.CHANGED, seal.number
