"""Addresses of the account's own pages."""

from django.urls import path

from accounts.profile import views

app_name = "profile"
urlpatterns = [
    path("", views.home, name="home"),
    path("account", views.account, name="account"),
]
