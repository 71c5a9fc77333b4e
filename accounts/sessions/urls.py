"""Addresses of signing out."""

from django.urls import path

from accounts.sessions import views

app_name = "sessions"
urlpatterns = [path("sign-out", views.sign_out, name="sign_out")]
