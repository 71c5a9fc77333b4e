"""Addresses of the sign-up pages."""

from django.urls import path

from accounts.signup import views
from accounts.signup.confirmation import link_views
from accounts.signup.confirmation import views as confirmation

app_name = "signup"
urlpatterns = [
    path("sign-up", confirmation.start, name="start"),
    path("sign-up/check-email", confirmation.check_email, name="check_email"),
    path("sign-up/new-code", confirmation.new_code, name="new_code"),
    path("sign-up/status", confirmation.status, name="status"),
    path("sign-up/confirm/<str:token>", link_views.confirm, name="confirm"),
    path("sign-up/details", views.details, name="details"),
    path("sign-up/passkey", views.passkey, name="passkey"),
    path("sign-up/passkey/options", views.ask_passkey, name="passkey_options"),
]
