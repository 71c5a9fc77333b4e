"""Addresses of freezing one's account."""

from django.urls import path

from accounts.freezing import views

app_name = "freezing"
urlpatterns = [
    path("account/freeze", views.freeze, name="freeze"),
    path("frozen", views.frozen, name="frozen"),
]
