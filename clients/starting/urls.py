"""Addresses of where partners begin."""

from django.urls import path

from clients.starting import views

app_name = "partners"
urlpatterns = [
    path("partners", views.start, name="start"),
    path("partners/begin", views.begin, name="begin"),
    path("partners/new", views.new, name="new"),
]
