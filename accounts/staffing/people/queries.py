"""Finding members of the staff."""

from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import StaffMember
from accounts.models.email_address import address_key


def working() -> QuerySet[StaffMember]:
    """Return everybody who works for the council now, by mailbox, each with account and roles."""
    rows = StaffMember.objects.filter(left_at=None).select_related("account")
    return rows.prefetch_related("account__staff_roles", "account__authenticators").order_by(
        "work_email_key"
    )


def find(reference: str) -> StaffMember | None:
    """Return who works for the council now and has this account's id, or else this mailbox."""
    with suppress(ValueError):  # an address
        return working().filter(pk=UUID(reference)).first()
    if "\0" in reference:
        return None  # PostgreSQL takes none in text
    return working().filter(work_email_key=address_key(reference)).first()
