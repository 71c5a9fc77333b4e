"""The newest verifications that were asked for, and what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from accounts.audit.events import Event
from accounts.audit.verifying.results import KIND, Result, read
from accounts.models import AuditEvent

# One that no worker ended in this time stands in nobody's way.
_GIVEN_UP_AFTER: Final = timedelta(minutes=30)


@dataclass(frozen=True)
class Asked:
    """A verification that somebody asked for; `done_at` is None until it has come to its end."""

    asked_at: datetime
    asked_by: str
    done_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether a worker may still end it."""
        return self.done_at is None and timezone.now() - self.asked_at < _GIVEN_UP_AFTER


@dataclass(frozen=True)
class Done:
    """The result of a verification, None where the event that has it cannot be read any more."""

    at: datetime
    result: Result | None


def asked() -> Asked | None:
    """Return the newest that was asked for."""
    rows = AuditEvent.objects.filter(event=Event.AUDIT_VERIFICATION_ASKED, object_kind=KIND)
    row = rows.order_by("-at", "-pk").first()
    if row is None:
        return None
    done = _done(row.object_id)
    return Asked(row.at, row.actor_id, done.at if done else None)


def done() -> Done | None:
    """Return the newest that has come to its end."""
    rows = AuditEvent.objects.filter(event=Event.AUDIT_VERIFICATION_DONE, object_kind=KIND)
    row = rows.order_by("-at", "-pk").first()
    return Done(row.at, read(row.detail)) if row else None


def is_done(number: str) -> bool:
    """Say whether the verification of this number has come to its end."""
    return _done(number) is not None


def _done(number: str) -> AuditEvent | None:
    rows = AuditEvent.objects.filter(event=Event.AUDIT_VERIFICATION_DONE, object_id=number)
    return rows.order_by("at", "pk").first()
