"""Addresses of the authorization endpoint and its own page."""

from django.urls import path

from idp.oidc.authorize import views

app_name = "authorize"
urlpatterns = [
    path("authorize", views.authorize, name="start"),
    path("authorize/continue", views.come_back, name="continue"),
    path("authorize/give-up", views.give_up, name="give_up"),
    path("authorize/account", views.account, name="account"),
]
