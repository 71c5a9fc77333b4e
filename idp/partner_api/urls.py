"""Addresses of the partners' API."""

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from accounts.security.access import Access, machine, mark
from idp.partner_api.api import api, description

app_name = "partner_api"


@machine
@require_safe
def describe(request: HttpRequest) -> JsonResponse:
    """Describe the API (OpenAPI 3.1)."""
    del request
    return JsonResponse(description())


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", describe, name="description"),
    *(
        path(f"api/v1/{one.pattern}", mark(one.callback, Access.MACHINE), name=one.name)
        for one in api.urls[0]
        # The library's own list of addresses tells nothing.
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
]
