"""Addresses of the pages about sharing."""

from django.urls import path

from idp.privacy import views

app_name = "privacy"
urlpatterns = [
    path("account/services", views.services, name="services"),
    path("account/services/<slug:service>/stop", views.stop, name="stop"),
]
