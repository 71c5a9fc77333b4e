"""Reads organisations."""

from django.db.models import Count, QuerySet

from clients.models import Organisation


def listed() -> QuerySet[Organisation]:
    """Return all organisations by name, each with its number of `application_count`."""
    return Organisation.objects.annotate(application_count=Count("applications")).order_by("name")


def find(slug: str) -> Organisation | None:
    """Return the organisation of this short name."""
    return listed().filter(slug=slug).first()
