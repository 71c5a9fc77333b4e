"""Addresses of the pages of complaints."""

from django.urls import path

from accounts.complaints import views

app_name = "complaints"
urlpatterns = [
    path("account/complaints", views.complaints, name="complaints"),
    path("account/complaints/new", views.make, name="make"),
    path("account/complaints/<slug:code>", views.made, name="made"),
]
