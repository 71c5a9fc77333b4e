"""Addresses of the pages of applications."""

from django.urls import path

from clients.applications.form import views as form
from clients.applications.pages import views as pages
from clients.applications.pages.high import views as high

app_name = "applications"
_NEW = "organisations/<slug:organisation>/new-application"
_ONE = "organisations/<slug:organisation>/applications/<slug:application>"
urlpatterns = [
    path(_NEW, form.new, name="new"),
    path(f"{_NEW}/<slug:kind>", form.new_of_kind, name="new_of_kind"),
    path(f"{_NEW}/<slug:kind>/profile", high.profile, name="profile"),
    path(f"{_NEW}/<slug:kind>/high", high.method, name="method"),
    path(f"{_NEW}/<slug:kind>/high/<slug:method>", high.new, name="new_high"),
    path(_ONE, pages.overview, name="overview"),
    path(f"{_ONE}/change/<slug:part>", pages.change, name="change"),
    path(f"{_ONE}/scopes/<slug:scope>", pages.scope, name="scope"),
    path(f"{_ONE}/close", pages.close, name="close"),
]
