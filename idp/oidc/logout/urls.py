"""Addresses of the end-session endpoint."""

from django.urls import path

from idp.oidc.logout import views

app_name = "logout"
urlpatterns = [
    path("logout", views.logout, name="start"),
    path("logout/continue", views.come_back, name="continue"),
    path("logout/confirm", views.confirm, name="confirm"),
]
