"""Addresses of the console."""

from django.urls import include, path

from idp.console import views
from idp.console.helping import views as helping

app_name = "console"
urlpatterns = [
    path("staff", views.home, name="home"),
    path("staff/help", helping.begin, name="help"),
    path("staff/help/<uuid:help_id>", helping.person, name="helping"),
    path("staff/help/<uuid:help_id>/end", helping.end, name="end_helping"),
    path("staff/council", include("idp.console.council.urls")),
]
