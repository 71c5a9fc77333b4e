"""Addresses of what happened, and of "this wasn't me"."""

from django.urls import path

from accounts.history import mailed_views, views

app_name = "history"
urlpatterns = [
    path("account/history", views.history, name="history"),
    path("account/history/<int:number>/not-me", views.not_me, name="not_me"),
    path("signed-out-everywhere", views.done, name="done"),
    path("safety/<str:token>", mailed_views.not_me, name="mailed"),
    path("safety/<str:token>/done", mailed_views.done, name="mailed_done"),
    path("safety/<str:token>/freeze", mailed_views.freeze, name="mailed_freeze"),
    path("safety/<str:token>/check", mailed_views.check, name="mailed_check"),
]
