"""Addresses of the pages of a leaked secret."""

from django.urls import path

from idp.portal.leaks import views

app_name = "leaks"
_LEAKS = "organisations/<slug:organisation>/applications/<slug:application>/leaked-secret"
urlpatterns = [
    path(_LEAKS, views.report, name="report"),
    path(f"{_LEAKS}/<int:number>", views.leak, name="leak"),
]
