"""Reads applications."""

from datetime import datetime

from django.db.models import Q, QuerySet

from clients.models import Application, ClientSecret


def listed() -> QuerySet[Application]:
    """Return all applications by name, each with its organisation."""
    return Application.objects.select_related("organisation").order_by("name", "slug")


def find(reference: str) -> Application | None:
    """Return the application of this short name or client_id."""
    return listed().filter(Q(slug=reference) | Q(client_id=reference)).first()


def live_secrets(application: Application, *, now: datetime) -> QuerySet[ClientSecret]:
    """Return the secrets that are good at this moment, newest first."""
    live = application.secrets.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)
    return live.order_by("-pk")
