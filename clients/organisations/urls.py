"""Addresses of an organisation's own pages."""

from django.urls import path

from clients.organisations.home import views as home

app_name = "organisations"
_ONE = "organisations/<slug:organisation>"
urlpatterns = [
    path("organisations", home.mine, name="mine"),
    path(_ONE, home.home, name="home"),
]
