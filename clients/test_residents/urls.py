"""Addresses of the pages about an organisation's test residents."""

from django.urls import path

from clients.test_residents import views

app_name = "test_residents"
_LIST = "organisations/<slug:organisation>/test-residents"
urlpatterns = [
    path(_LIST, views.listed, name="list"),
    path(f"{_LIST}/<int:number>", views.one, name="one"),
    path(f"{_LIST}/<int:number>/renew", views.renew, name="renew"),
    path(f"{_LIST}/<int:number>/put-back", views.put_back, name="put_back"),
]
