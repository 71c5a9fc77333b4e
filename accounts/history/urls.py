"""Addresses of what happened, and of "this wasn't me"."""

from django.urls import path

from accounts.history import mailed_views

app_name = "history"
urlpatterns = [
    path("safety/<str:token>", mailed_views.not_me, name="mailed"),
]
