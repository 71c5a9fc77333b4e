"""Reads leaks, and whom they may have touched."""

from datetime import datetime

from django.db.models import Min, QuerySet

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application, SecretLeak


def residents_since(application: Application, since: datetime) -> int:
    """Count the residents who signed in to the application since then."""
    rows = AuditEvent.objects.filter(
        application_id=application.client_id, event=Event.AUTHORIZATION_GRANTED, at__gte=since
    )
    return rows.values("account_id").distinct().count()


def oldest_secret(application: Application) -> datetime:
    """Return when the oldest of its secrets that is not ended was made."""
    rows = application.secrets.filter(revoked_at=None)
    oldest: datetime | None = rows.aggregate(oldest=Min("created_at"))["oldest"]
    return oldest or application.created


def waiting() -> QuerySet[SecretLeak]:
    """Return the leaks that the council has not answered, the oldest first."""
    rows = SecretLeak.objects.filter(answered_at=None)
    return rows.select_related("application__organisation").order_by("reported_at")
