"""Addresses of the council's pages about approvals."""

from django.urls import path

from clients.approval.council import views

app_name = "approvals"
urlpatterns = [
    path("approvals", views.queue, name="queue"),
    path("approvals/<int:number>", views.submission, name="submission"),
    path("approvals/<int:number>/comment", views.comment, name="comment"),
]
