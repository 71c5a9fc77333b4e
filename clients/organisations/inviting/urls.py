"""Addresses of invitations: of those who invite, and of those who are invited."""

from django.urls import path

from clients.organisations.inviting import taking_views, views

app_name = "inviting"
_ONE = "organisations/<slug:organisation>/invitations"
urlpatterns = [
    path(f"{_ONE}/new", views.invite, name="invite"),
    path(f"{_ONE}/<uuid:number>", views.invitation, name="invitation"),
    path("invitations/<uuid:number>", taking_views.take, name="take"),
    path("invitations/link/<str:token>", taking_views.from_mail, name="open"),
]
