"""Reads what an organisation's first page lists."""

from django.db.models import QuerySet

from clients.models import Application, Organisation


def applications(organisation: Organisation) -> QuerySet[Application]:
    """Return the organisation's applications, the live ones first, each kind by name."""
    return organisation.applications.order_by("environment", "name", "slug")
