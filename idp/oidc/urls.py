"""Addresses of the protocol's endpoints and of the checks that operators run."""

from django.urls import URLPattern, URLResolver, include, path

from idp.oidc.device.authorization import device_authorization
from idp.oidc.discovery import jwks, metadata
from idp.oidc.health import healthz, readyz
from idp.oidc.introspection import introspect
from idp.oidc.old_user_ids import old_user_ids
from idp.oidc.par import par
from idp.oidc.registration.views import client, register
from idp.oidc.revocation import revoke
from idp.oidc.streams import urls as streams
from idp.oidc.token import token
from idp.oidc.trustmark import trustmark
from idp.oidc.userinfo import userinfo

MACHINE_ENDPOINTS = [
    path(".well-known/openid-configuration", metadata, name="openid_configuration"),
    path(".well-known/oauth-authorization-server", metadata, name="authorization_server"),
    path("jwks", jwks, name="jwks"),
    path("token", token, name="token"),
    path("userinfo", userinfo, name="userinfo"),
    path("revoke", revoke, name="revoke"),
    path("introspect", introspect, name="introspect"),
    path("old-user-ids", old_user_ids, name="old_user_ids"),
    path("par", par, name="par"),
    path("device-authorization", device_authorization, name="device_authorization"),
    path("register", register, name="register"),
    path("register/client", client, name="registered_client"),
    *streams.MACHINE_ENDPOINTS,
    path("trustmark", trustmark, name="trustmark"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *MACHINE_ENDPOINTS,
    path("", include("idp.oidc.authorize.urls")),
    path("", include("idp.oidc.sharing.urls")),
    path("", include("idp.oidc.blocked.urls")),
    path("", include("idp.oidc.test_residents.urls")),
    path("", include("idp.oidc.logout.urls")),
    path("", include("idp.oidc.device.urls")),
]
