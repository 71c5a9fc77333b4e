"""Addresses of an organisation's own pages."""

from django.urls import path

from clients.organisations.history import views as history
from clients.organisations.home import views as home
from clients.organisations.proving import views as proving

app_name = "organisations"
_ONE = "organisations/<slug:organisation>"
urlpatterns = [
    path("organisations", home.mine, name="mine"),
    path(_ONE, home.home, name="home"),
    path(f"{_ONE}/details", proving.details, name="details"),
    path(f"{_ONE}/history", history.history, name="history"),
]
