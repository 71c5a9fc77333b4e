"""Reads resources."""

from django.db.models import Exists, OuterRef, QuerySet

from clients.models import Application, Organisation, Resource


def listed() -> QuerySet[Resource]:
    """Return all resources by name, each with its organisation and its applications."""
    rows = Resource.objects.select_related("organisation").order_by("name", "slug")
    return rows.prefetch_related("callers", "servers")


def find(slug: str) -> Resource | None:
    """Return the resource of this short name."""
    return listed().filter(slug=slug).first()


def may_call(application: Application, identifier: str) -> bool:
    """Say whether the application may have tokens for the resource of this identifier."""
    return Resource.objects.filter(
        callers=application,
        identifier=identifier,
        organisation__status=Organisation.Status.ACTIVE,
    ).exists()


def may_call_column(*, application: str, identifier: str) -> Exists:
    """Return the same as a column of rows that have these two."""
    return Exists(
        Resource.objects.filter(
            callers=OuterRef(application),
            identifier=OuterRef(identifier),
            organisation__status=Organisation.Status.ACTIVE,
        )
    )
