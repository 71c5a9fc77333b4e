"""Addresses of where somebody is signed in, and of signing out."""

from django.urls import path

from accounts.sessions import views
from accounts.sessions.places import views as places

app_name = "sessions"
urlpatterns = [
    path("account/where-you-are-signed-in", places.places, name="places"),
    path("account/stay-signed-in", views.stay, name="stay"),
    path("sign-out", views.sign_out, name="sign_out"),
]
