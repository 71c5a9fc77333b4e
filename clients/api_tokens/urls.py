"""Addresses of the pages of tokens."""

from django.urls import path

from clients.api_tokens import views

app_name = "api_tokens"
_TOKENS = "organisations/<slug:organisation>/api-tokens"
urlpatterns = [
    path(_TOKENS, views.listed, name="list"),
    path(f"{_TOKENS}/new", views.new, name="new"),
    path(f"{_TOKENS}/<int:token>/end", views.end, name="end"),
]
