"""What was registered, told in full: it may be less than was asked (RFC 7591 §3.2.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from clients.applications.certificates import rules as certificates
from clients.initial_access.rules import CODE
from clients.models import Application

# Member -> column; left out where there is nothing.
_PLAIN: Final = {
    "client_uri": "home_url",
    "policy_uri": "privacy_url",
    "tos_uri": "terms_url",
    "logo_uri": "logo_uri",
    "contacts": "contacts",
    "jwks": "jwks",
    "jwks_uri": "jwks_uri",
    "sector_identifier_uri": "sector_identifier_uri",
    "userinfo_signed_response_alg": "userinfo_algorithm",
    "request_object_signing_alg": "request_object_algorithm",
    "token_endpoint_auth_signing_alg": "assertion_algorithm",
    "default_acr_values": "default_acr_values",
    "request_uris": "request_uris",
    "initiate_login_uri": "initiate_login_uri",
    "frontchannel_logout_uri": "frontchannel_logout_uri",
    "frontchannel_logout_session_required": "frontchannel_logout_session_required",
    "backchannel_logout_uri": "backchannel_logout_uri",
    "backchannel_logout_session_required": "backchannel_logout_session_required",
    "require_pushed_authorization_requests": "requires_pushed_requests",
    "require_signed_request_object": "requires_signed_requests",
    "dpop_bound_access_tokens": "dpop_bound_access_tokens",
    "tls_client_certificate_bound_access_tokens": "certificate_bound_access_tokens",
}


@dataclass(frozen=True)
class Secrets:
    """What the answer tells that we cannot tell again: the database has only hashes."""

    registration_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)


def of(application: Application, scopes: Iterable[str], secrets: Secrets) -> dict[str, Any]:
    """Return the client information response (RFC 7591 §3.2.1, RFC 7592 §3)."""
    signs_in = CODE in application.grant_types
    plain = {member: getattr(application, column) for member, column in _PLAIN.items()}
    return {
        "client_id": application.client_id,
        "client_id_issued_at": int(application.created.timestamp()),
        **_secret(secrets.client_secret),
        "registration_access_token": secrets.registration_token,
        "registration_client_uri": client_uri(application),
        "client_name": application.name,
        "application_type": application.application_type,
        "redirect_uris": application.redirect_uris.split(),
        "post_logout_redirect_uris": application.post_logout_redirect_uris.split(),
        "grant_types": application.grant_types,
        "response_types": ["code"] if signs_in else [],
        "token_endpoint_auth_method": application.token_endpoint_auth_method,
        "scope": " ".join(scopes),
        "subject_type": "pairwise",
        "id_token_signed_response_alg": application.algorithm,
        # JARM §3, RFC 9701 §6: all that we sign for it is signed alike.
        "authorization_signed_response_alg": application.algorithm,
        "introspection_signed_response_alg": application.algorithm,
        "require_auth_time": True,
        **_max_age(application),
        **_subject(application),
        **{member: value for member, value in plain.items() if value},
    }


def client_uri(application: Application) -> str:
    """Return where the application reads, changes and ends its registration (RFC 7592 §1.2)."""
    query = urlencode({"client_id": application.client_id})
    return f"{settings.ISSUER}/register/client?{query}"


def _secret(secret: str) -> dict[str, object]:
    # §3.2.1: 0 for a secret that does not end by itself.
    return {"client_secret": secret, "client_secret_expires_at": 0} if secret else {}


def _subject(application: Application) -> dict[str, str]:
    kind = application.certificate_subject_kind
    return {certificates.member(kind): application.certificate_subject} if kind else {}


def _max_age(application: Application) -> dict[str, int]:
    age = application.default_max_age
    return {} if age is None else {"default_max_age": age}
