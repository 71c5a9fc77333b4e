"""Addresses of the pictures of applications."""

from django.urls import path

from clients.applications.logo import views

app_name = "logos"
urlpatterns = [
    path("logos/<slug:digest>.png", views.logo, name="logo"),
    path(
        "organisations/<slug:organisation>/applications/<slug:application>/logo",
        views.change,
        name="change",
    ),
]
