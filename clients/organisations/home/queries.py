"""Reads what an organisation's first page lists."""

from django.db.models import QuerySet

from clients.models import Application, Organisation


def applications(organisation: Organisation) -> QuerySet[Application]:
    """Return the organisation's open applications, the live ones first, each sort by name."""
    rows = organisation.applications.exclude(status=Application.Status.CLOSED)
    return rows.order_by("environment", "name", "slug")
