"""Addresses of what shows who an organisation is."""

from django.urls import path

from clients.organisations.proving import views

app_name = "proving"
_ALL = "organisations/<slug:organisation>/details"
urlpatterns = [
    path(f"{_ALL}/new", views.give, name="give"),
    path(f"{_ALL}/<uuid:number>", views.proof, name="proof"),
]
