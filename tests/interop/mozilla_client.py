"""A Django site of one file that signs in by mozilla-django-oidc: what a partner would write.

`python tests/interop/mozilla_client.py '{"issuer": …}'`, with the keys that CONFIG is asked for.
"""

import json
import sys
from typing import Any
from wsgiref.simple_server import make_server

import django
from django.conf import settings

CONFIG: dict[str, Any] = json.loads(sys.argv[1])

settings.configure(
    SECRET_KEY="only for tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": CONFIG["database"]}},
    AUTHENTICATION_BACKENDS=[f"{__name__}.Backend"],
    OIDC_OP_AUTHORIZATION_ENDPOINT=CONFIG["authorization_endpoint"],
    OIDC_OP_TOKEN_ENDPOINT=CONFIG["token_endpoint"],
    OIDC_OP_USER_ENDPOINT=CONFIG["userinfo_endpoint"],
    OIDC_OP_JWKS_ENDPOINT=CONFIG["jwks_uri"],
    OIDC_RP_CLIENT_ID=CONFIG["client_id"],
    OIDC_RP_CLIENT_SECRET=CONFIG["client_secret"],
    OIDC_RP_SIGN_ALGO="ES256",
    OIDC_RP_SCOPES="openid profile email",
    OIDC_USE_PKCE=True,
    OIDC_TOKEN_USE_BASIC_AUTH=True,
)
django.setup()

# What follows loads Django's models, which want the settings first.
from django.core.exceptions import SuspiciousOperation  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from mozilla_django_oidc.auth import OIDCAuthenticationBackend  # noqa: E402


class Backend(OIDCAuthenticationBackend):  # type: ignore[misc]  # no types published
    """The library checks signature, expiry and nonce; issuer and audience it leaves to its user."""

    def verify_token(self, token: str, **kwargs: object) -> dict[str, Any]:
        """Check those two as well, and keep the claims for the page."""
        claims: dict[str, Any] = super().verify_token(token, **kwargs)
        if claims["iss"] != CONFIG["issuer"] or claims["aud"] != CONFIG["client_id"]:
            message = "Meant for somebody else."
            raise SuspiciousOperation(message)
        self.request.session["claims"] = claims
        return claims


def show(request: HttpRequest) -> JsonResponse:
    """Say who is signed in."""
    email = getattr(request.user, "email", "")
    return JsonResponse({"email": email, "claims": request.session.get("claims")})


urlpatterns = [path("", show), path("oidc/", include("mozilla_django_oidc.urls"))]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    make_server("127.0.0.1", CONFIG["port"], get_wsgi_application()).serve_forever()
