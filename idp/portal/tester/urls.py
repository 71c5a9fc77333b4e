"""Addresses of the request tester."""

from django.urls import path

from idp.portal.tester import views

app_name = "tester"
_TESTER = "organisations/<slug:organisation>/applications/<slug:application>/tester"
urlpatterns = [
    path(_TESTER, views.tester, name="tester"),
    path(f"{_TESTER}/<str:run>", views.run, name="run"),
]
