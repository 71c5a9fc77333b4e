"""Addresses of an application's request trail."""

from django.urls import path

from idp.portal.trail import views

app_name = "trail"
_REQUESTS = "organisations/<slug:organisation>/applications/<slug:application>/requests"
urlpatterns = [
    path(_REQUESTS, views.requests, name="requests"),
    path(f"{_REQUESTS}/newest", views.newest, name="newest"),
    path(f"{_REQUESTS}/<int:number>", views.entry, name="entry"),
]
