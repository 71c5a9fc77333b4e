"""Addresses of the sharing page."""

from django.urls import path

from idp.oidc.sharing import views

app_name = "sharing"
urlpatterns = [
    path("consent", views.share, name="share"),
    path("consent/logo", views.logo, name="logo"),
    path("consent/leave", views.leave, name="leave"),
]
