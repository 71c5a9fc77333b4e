"""Addresses of the pages of copies."""

from django.urls import path

from accounts.export import views

app_name = "export"
urlpatterns = [
    path("account/copy", views.copy, name="copy"),
    path("account/copy/new", views.ask, name="ask"),
    path("account/copy/<uuid:number>/delete", views.delete, name="delete"),
    path("account/copy/<uuid:number>/<slug:document>", views.download, name="download"),
]
