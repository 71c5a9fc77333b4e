"""Addresses of the guide for when people part."""

from django.urls import path

from accounts.safety.leaving import end_views, views

urlpatterns = [
    path("", views.start, name="leaving"),
    path("/check", end_views.check, name="leaving_check"),
    path("/done", end_views.done, name="leaving_done"),
    path("/<slug:step>", views.step, name="leaving_step"),
]
