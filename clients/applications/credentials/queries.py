"""Reads client secrets: which are good, who made them, which end soon."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.applications.credentials.rules import NOTICES
from clients.models import Application, ClientSecret, Member, Organisation

KIND = "client_secret"


def newest(application: Application) -> int:
    """Return the number of the newest secret that the application ever had; 0: none."""
    found = application.secrets.aggregate(newest=Max("pk"))["newest"]
    return int(found or 0)


def makers(application: Application, secrets: Iterable[ClientSecret]) -> dict[int, str]:
    """Return who made each of these secrets, as far as they are members still."""
    events = AuditEvent.objects.filter(
        event__in=(Event.CLIENT_SECRET_ISSUED, Event.CLIENT_SECRET_ROTATED),
        application_id=application.client_id,
        object_kind=KIND,
        object_id__in=[str(secret.pk) for secret in secrets],
    )
    members = Member.objects.filter(organisation=application.organisation_id)
    names = {str(pk): name for pk, name in members.values_list("account_id", "account__full_name")}
    made = events.values_list("object_id", "actor_id")
    return {int(number): names[actor] for number, actor in made if actor in names}


def ending(now: datetime) -> QuerySet[ClientSecret]:
    """Return the good secrets of working applications whose end somebody may have to hear of."""
    soon = now + timedelta(days=max(NOTICES))
    rows = ClientSecret.objects.filter(
        Q(told_days_before=None) | Q(told_days_before__gt=min(NOTICES)),
        revoked_at=None,
        expires_at__gt=now,
        expires_at__lte=soon,
        application__status=Application.Status.ACTIVE,
        application__organisation__status=Organisation.Status.ACTIVE,
    )
    return rows.order_by("pk")
