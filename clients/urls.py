"""Every address of the pages for partners."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("clients.applications.logo.urls")),
    path("", include("clients.applications.pages.credentials.urls")),
    path("", include("clients.api_tokens.urls")),
    path("", include("clients.applications.urls")),
    path("", include("clients.approval.urls")),
    path("", include("clients.starting.urls")),
    path("", include("clients.organisations.inviting.urls")),
    path("", include("clients.organisations.people.urls")),
    path("", include("clients.organisations.proving.urls")),
    path("", include("clients.test_residents.urls")),
    path("", include("clients.organisations.urls")),
]
