"""The one way to write the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.models import AuditEvent


@dataclass(frozen=True)
class About:
    """What an event touches: ids and enums only, never a name, an address or free text."""

    account_id: UUID | None = None
    session_id: UUID | None = None
    organisation_id: UUID | None = None
    application_id: str = ""
    object_kind: str = ""
    object_id: str = ""
    reason: str = ""
    detail: Mapping[str, str | int | bool] = field(default_factory=dict)
    help_code: str = ""
    case_reference: str = ""


# What an act is part of, where it is part of nothing.
BY_ITSELF = About()


def record(event: Event, *, by: Actor, about: About) -> None:
    """Insert one event inside the caller's transaction, so that fact and record stand together.

    Raises:
        django.db.transaction.TransactionManagementError: no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"{event} recorded outside a transaction"
        raise transaction.TransactionManagementError(message)
    AuditEvent.objects.create(
        at=timezone.now(),
        event=event,
        actor_kind=by.kind,
        actor_id=by.id,
        account_id=about.account_id,
        session_id=about.session_id,
        organisation_id=about.organisation_id,
        application_id=about.application_id,
        object_kind=about.object_kind,
        object_id=about.object_id,
        reason=about.reason,
        detail=dict(about.detail),
        help_code=about.help_code,
        case_reference=about.case_reference,
    )
