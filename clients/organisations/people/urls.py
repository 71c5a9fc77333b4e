"""Addresses of an organisation's members."""

from django.urls import path

from clients.organisations.people import views

app_name = "members"
_ALL = "organisations/<slug:organisation>/members"
urlpatterns = [
    path(_ALL, views.people, name="list"),
    path(f"{_ALL}/leave", views.leave, name="leave"),
    path(f"{_ALL}/<int:number>", views.role, name="role"),
    path(f"{_ALL}/<int:number>/remove", views.remove, name="remove"),
    path(f"{_ALL}/<int:number>/hand-over", views.hand_over, name="hand_over"),
]
