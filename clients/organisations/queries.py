"""Reads organisations."""

from django.db.models import QuerySet

from clients.models import Organisation


def listed() -> QuerySet[Organisation]:
    """Return all organisations by name, each with its applications."""
    return Organisation.objects.prefetch_related("applications").order_by("name", "slug")


def find(slug: str) -> Organisation | None:
    """Return the organisation of this short name."""
    return listed().filter(slug=slug).first()
