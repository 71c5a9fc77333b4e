"""Addresses of an application's figures."""

from django.urls import path

from idp.portal.figures import views

app_name = "figures"
_FIGURES = "organisations/<slug:organisation>/applications/<slug:application>/figures"
urlpatterns = [
    path(_FIGURES, views.figures, name="figures"),
    path(f"{_FIGURES}.csv", views.download, name="csv"),
]
