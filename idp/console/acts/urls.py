"""Addresses of acts, one for each row of the table."""

from django.urls import path

from idp.console.acts.views import PAGES, acts

urlpatterns = [
    path("", acts, name="acts"),
    *(path(f"/{act.replace('_', '-')}", page, name=f"act_{act}") for act, page in PAGES.items()),
]
