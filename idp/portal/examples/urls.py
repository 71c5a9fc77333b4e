"""Addresses of what a partner starts with."""

from django.urls import path

from idp.portal.examples import views

app_name = "examples"
_START = "organisations/<slug:organisation>/applications/<slug:application>/start"
urlpatterns = [
    path(_START, views.listed, name="list"),
    path(f"{_START}/settings", views.settings, name="settings"),
    path(f"{_START}/<slug:library>", views.library, name="library"),
    path(f"{_START}/<slug:library>/<str:file>", views.program, name="program"),
]
