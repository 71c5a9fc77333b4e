"""Addresses of the ways to sign in."""

from django.urls import path

from accounts.mfa import views
from accounts.mfa.needed import views as needed

app_name = "mfa"
urlpatterns = [
    path("account/ways-to-sign-in", views.overview, name="overview"),
    path("account/ways-to-sign-in/needed", needed.needed, name="needed"),
]
