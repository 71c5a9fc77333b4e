"""Addresses of the pages of applications."""

from django.urls import path

from clients.applications.pages import views

app_name = "applications"
urlpatterns = [
    path(
        "organisations/<slug:organisation>/applications/<slug:application>",
        views.overview,
        name="overview",
    ),
]
