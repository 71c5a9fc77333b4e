"""Addresses of the service owner's pages, below /staff/council."""

from django.urls import path

from idp.console.council import views
from idp.console.council.notices import views as notices
from idp.console.council.opening import views as opening

app_name = "council"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("/details", views.details, name="details"),
    path("/colours.css", views.colours_tried, name="colours"),
    path("/versions", views.versions, name="versions"),
    path("/versions/<int:number>", views.version, name="version"),
    path("/notices", notices.notices, name="notices"),
    path("/notices/new", notices.new, name="new_notice"),
    path("/notices/<int:number>/take-down", notices.take_down, name="take_down"),
    path("/opening", opening.opening, name="opening"),
]
