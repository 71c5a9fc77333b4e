"""Addresses of printed start codes."""

from django.urls import path

from idp.console.starting import views

urlpatterns = [
    path("", views.overview, name="start_codes"),
    path("/new", views.new, name="new_start_code"),
    path("/<uuid:number>", views.change, name="start_code"),
]
