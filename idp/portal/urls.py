"""Addresses of the pages that show partners protocol data."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("idp.portal.deliveries.urls")),
    path("", include("idp.portal.examples.urls")),
    path("", include("idp.portal.figures.urls")),
    path("", include("idp.portal.leaks.urls")),
    path("", include("idp.portal.old_user_ids.urls")),
    path("", include("idp.portal.tester.urls")),
    path("", include("idp.portal.going_live.urls")),
    path("", include("idp.portal.trail.urls")),
]
