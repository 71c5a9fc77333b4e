"""Addresses of the pages of an application's credentials."""

from django.urls import path

from clients.applications.pages.credentials import views

app_name = "credentials"
_ALL = "organisations/<slug:organisation>/applications/<slug:application>/credentials"
urlpatterns = [
    path(_ALL, views.listed, name="list"),
    path(f"{_ALL}/new-secret", views.make, name="make"),
    path(f"{_ALL}/<int:number>/end", views.end, name="end"),
    path(f"{_ALL}/keys", views.give_keys, name="keys"),
    path(f"{_ALL}/keys/check", views.check_keys, name="check_keys"),
    path(f"{_ALL}/use-secret", views.use_secret, name="use_secret"),
]
