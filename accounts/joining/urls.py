"""Addresses of joining two accounts."""

from django.urls import path

from accounts.joining import views

app_name = "joining"
urlpatterns = [
    path("account/join", views.start, name="start"),
    path("account/join/choose", views.choose, name="choose"),
    path("account/join/done", views.done, name="done"),
]
