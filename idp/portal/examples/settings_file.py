"""The file that tells a program all that it must know of an application."""

from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from accounts.security import keyed_hash
from clients.applications.columns import kind_of
from clients.applications.credentials.operations import PURPOSE
from clients.applications.queries import live_secrets
from clients.applications.registration import Kind
from clients.models import Application
from idp.portal.examples.demands import Demand, demands_of

NAME: Final = "borough-login.json"
_MEMBERS: Final = {
    Demand.PUSHED: "require_pushed_authorization_requests",  # RFC 9126 §6
    Demand.SIGNED: "require_signed_request_object",  # RFC 9101 §10.5
    Demand.DPOP: "dpop_bound_access_tokens",  # RFC 9449 §5.2
}


def content(application: Application, *, client_secret: str = "") -> dict[str, Any]:
    """Return what the file says, by the names of RFC 7591 §2 and of RFC 8707 §2.

    Of a program without people, `scope` is what it may do at the API `resource`.
    """
    redirect_uris = application.redirect_uris.split()
    after_sign_out = application.post_logout_redirect_uris.split()
    return {
        "issuer": settings.ISSUER,
        "client_id": application.client_id,
        **({"client_secret": client_secret} if client_secret else {}),
        "token_endpoint_auth_method": application.token_endpoint_auth_method,
        "redirect_uri": redirect_uris[0] if redirect_uris else "",
        **({"post_logout_redirect_uri": after_sign_out[0]} if after_sign_out else {}),
        **_asks(application),
        "id_token_signed_response_alg": application.algorithm,
        **_demanded(application),
    }


def _demanded(application: Application) -> dict[str, bool]:
    demands = demands_of(application)
    members = [name for demand, name in _MEMBERS.items() if demand in demands]
    if application.certificate_bound_access_tokens:
        members.append("tls_client_certificate_bound_access_tokens")  # RFC 8705 §3.4
    return dict.fromkeys(members, True)


def _asks(application: Application) -> dict[str, str]:
    if kind_of(application) is not Kind.SERVICE:
        scopes = application.scopes.order_by("pk").values_list("scope", flat=True)
        return {"scope": " ".join(scopes)}
    api = application.calls.order_by("pk").first()
    return {"resource": api.identifier, "scope": " ".join(api.scopes)} if api else {"scope": ""}


def is_its_secret(application: Application, text: str) -> bool:
    """Say whether this is a secret of the application that is good: else it is none of ours."""
    hashes = keyed_hash.candidates(PURPOSE, text)
    live = live_secrets(application, now=timezone.now())
    return bool(text) and live.filter(secret_hash__in=hashes).exists()
