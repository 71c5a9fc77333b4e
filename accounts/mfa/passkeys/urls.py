"""Addresses of the pages that add keys, and of the list of websites that share our passkeys."""

from django.urls import path

from accounts.mfa.passkeys import views
from accounts.mfa.passkeys.related_origins import related_origins
from accounts.models import Authenticator

_WAYS = "account/ways-to-sign-in"
_PASSKEY = {"kind": Authenticator.Kind.PASSKEY}
_SECURITY_KEY = {"kind": Authenticator.Kind.SECURITY_KEY}

app_name = "passkeys"
urlpatterns = [
    path(".well-known/webauthn", related_origins, name="related_origins"),
    path(f"{_WAYS}/passkey", views.add, _PASSKEY, name="add_passkey"),
    path(f"{_WAYS}/passkey/options", views.ask, _PASSKEY, name="passkey_options"),
    path(f"{_WAYS}/security-key", views.add, _SECURITY_KEY, name="add_security_key"),
    path(f"{_WAYS}/security-key/options", views.ask, _SECURITY_KEY, name="security_key_options"),
]
