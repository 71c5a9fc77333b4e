"""Addresses of signing in."""

from django.urls import path

from accounts.signin import views

app_name = "signin"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/go-on", views.go_on, name="go_on"),
]
