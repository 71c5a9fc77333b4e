"""Finds what auditors name, and says who of the council's people somebody is."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from accounts.models import StaffMember
from accounts.models.email_address import address_key
from clients.models import Application, Organisation


def actor_id(typed: str) -> str:
    """Return the id of a work email address's owner, also of one who has left; others as typed."""
    if "@" not in typed:
        return typed
    rows = StaffMember.objects.filter(work_email_key=address_key(typed))
    found = rows.order_by("left_at").values_list("account_id", "left_at")
    # Of several the one who works here now, or else who left last.
    working = [account for account, left_at in found if left_at is None]
    gone = [account for account, left_at in found if left_at is not None]
    return str([*gone, *working][-1]) if found else ""


def organisation_id(typed: str) -> UUID | None:
    """Return an id that was typed, or that of the organisation with this name in addresses."""
    with suppress(ValueError):
        return UUID(typed)
    rows = Organisation.objects.filter(slug=typed)
    return rows.values_list("pk", flat=True).first()


def client_id(typed: str) -> str:
    """Return the client_id of the application with this name in addresses; others as typed."""
    rows = Application.objects.filter(slug=typed) if typed else Application.objects.none()
    return rows.values_list("client_id", flat=True).first() or typed


def people(ids: Collection[str]) -> dict[str, StaffMember]:
    """Return whoever of the staff these ids are of, by id, also those who have left."""
    known = [UUID(one) for one in ids if _is_uuid(one)]
    rows = StaffMember.objects.filter(pk__in=known).select_related("account")
    return {str(row.pk): row for row in rows}


def organisation_name(number: UUID | None) -> str:
    """Return the name of an organisation, empty if it is gone."""
    rows = Organisation.objects.filter(pk=number) if number else Organisation.objects.none()
    return rows.values_list("name", flat=True).first() or ""


def application_name(client_id: str) -> str:
    """Return the name of an application, empty if it is gone."""
    rows = Application.objects.filter(client_id=client_id) if client_id else None
    return (rows.values_list("name", flat=True).first() or "") if rows is not None else ""


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
