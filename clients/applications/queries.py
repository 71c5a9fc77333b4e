"""Reads applications."""

from datetime import datetime

from django.db.models import Q, QuerySet

from clients.models import Application, ClientSecret, Organisation


def listed() -> QuerySet[Application]:
    """Return all applications by name, each with its organisation."""
    return Application.objects.select_related("organisation").order_by("name", "slug")


def of_organisation(organisation: Organisation) -> QuerySet[Application]:
    """Return the organisation's applications by name, but for those that were closed."""
    rows = listed().filter(organisation=organisation)
    return rows.exclude(status=Application.Status.CLOSED)


def find(reference: str) -> Application | None:
    """Return the application of this short name or client_id."""
    return listed().filter(Q(slug=reference) | Q(client_id=reference)).first()


def live_secrets(application: Application, *, now: datetime) -> QuerySet[ClientSecret]:
    """Return the secrets that are good at this moment, newest first."""
    live = application.secrets.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)
    return live.order_by("-pk")
