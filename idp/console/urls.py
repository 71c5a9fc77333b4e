"""Addresses of the console."""

from django.urls import path

from idp.console import views

app_name = "console"
urlpatterns = [path("staff", views.home, name="home")]
