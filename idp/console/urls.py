"""Addresses of the console."""

from django.urls import include, path

from idp.console import views
from idp.console.helping import views as helping
from idp.console.protection import views as protection
from idp.console.searching import views as searching

app_name = "console"
urlpatterns = [
    path("staff", views.home, name="home"),
    path("staff/help", helping.begin, name="help"),
    path("staff/search", searching.begin, name="search_names"),
    path("staff/help/<uuid:help_id>/search", searching.search, name="search"),
    path("staff/help/<uuid:help_id>/choose", searching.choose, name="choose_found"),
    path("staff/help/<uuid:help_id>/protection", protection.protection, name="protection"),
    path("staff/help/<uuid:help_id>/protection/drop", protection.drop, name="drop_lead"),
    path("staff/help/<uuid:help_id>/protection/lift", protection.lift, name="lift_protection"),
    path("staff/help/<uuid:help_id>", helping.person, name="helping"),
    path("staff/help/<uuid:help_id>/end", helping.end, name="end_helping"),
    path("staff/council", include("idp.console.council.urls")),
]
