"""Addresses of the pages for a new password."""

from django.urls import path

from accounts.recovery import views

app_name = "recovery"
urlpatterns = [
    path("reset-password", views.start, name="start"),
    path("reset-password/sent", views.sent, name="sent"),
    path("reset-password/done", views.done, name="done"),
    path("reset-password/<str:token>", views.new_password, name="new_password"),
]
