"""Whose test service a page belongs to, for the banner above it."""

from uuid import UUID

from django.http import HttpRequest

from clients.models import Organisation


def test_service(request: HttpRequest) -> dict[str, object]:
    """Return the organisation whose test residents the page is for, if it is for any."""
    group: UUID | None = getattr(request, "test_group", None)
    if group is None:
        return {}
    return {"test_service_of": Organisation.objects.filter(pk=group).first()}
