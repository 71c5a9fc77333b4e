"""Addresses of closing an account."""

from django.urls import path

from accounts.closing import views

app_name = "closing"
urlpatterns = [
    path("account/close", views.start, name="start"),
    path("account/close/confirm", views.confirm, name="confirm"),
    path("account/closing", views.waiting, name="waiting"),
]
