"""Addresses of the auditors' pages."""

from django.urls import path

from idp.console.audit import exporting_views, verifying_views, views

app_name = "audit"
urlpatterns = [
    path("staff/audit", views.search, name="search"),
    path("staff/audit/events/<int:number>", views.event, name="event"),
    path("staff/audit/verify", verifying_views.verify, name="verify"),
    path("staff/audit/export", exporting_views.export, name="export"),
]
