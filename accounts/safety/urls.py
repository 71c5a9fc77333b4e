"""Addresses of what keeps an account's owner safe."""

from django.urls import include, path

from accounts.safety import views

app_name = "safety"
urlpatterns = [
    path("account/safe-contact", views.overview, name="overview"),
    path("account/safe-contact/discreet", views.discreet, name="discreet"),
    path("account/safe-contact/<slug:key>", views.channel, name="channel"),
    path("account/someone-has-left", include("accounts.safety.leaving.urls")),
]
