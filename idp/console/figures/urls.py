"""Addresses of the figures by week."""

from django.urls import path

from idp.console.figures import views

app_name = "week_figures"
urlpatterns = [
    path("staff/figures", views.figures, name="figures"),
    path("staff/figures.csv", views.download, name="csv"),
]
