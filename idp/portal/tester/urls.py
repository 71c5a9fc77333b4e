"""Addresses of the request tester."""

from django.urls import path

from idp.portal.tester import reader_views, views

app_name = "tester"
_TESTER = "organisations/<slug:organisation>/applications/<slug:application>/tester"
_READER = "organisations/<slug:organisation>/applications/<slug:application>/id-token"
urlpatterns = [
    path(_READER, reader_views.reader, name="reader"),
    path(_TESTER, views.tester, name="tester"),
    path(f"{_TESTER}/<str:run>", views.run, name="run"),
]
