"""What this provider supports, exactly (OIDC Discovery §3, RFC 8414 §2), and its public keys."""

import json
from functools import cache
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import to_locale

from clients.scopes import SCOPES
from idp.keys.material import Algorithm
from idp.keys.queries import published
from idp.keys.rules import KEYS_KEPT_BY_SERVICES
from idp.oidc import brought_along, claims, client_jwt, client_methods, cors
from idp.oidc.assurance import ACR
from idp.oidc.authorize import response_mode
from idp.oidc.authorize.checks.interaction import PROMPTS
from idp.oidc.dpop import proof
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.token import GRANT_TYPES

_MAX_AGE: Final = f"public, max-age={int(KEYS_KEPT_BY_SERVICES.total_seconds())}"
_TOKEN_CLAIMS: Final = (
    *("iss", "sub", "aud", "exp", "iat", "nonce"),
    *("auth_time", "acr", "amr", "sid", "at_hash", "vot", "vtm", brought_along.NAME),
)


@endpoint("discovery", "GET", reach=cors.Reach.ANY_PAGE)
def metadata(request: MachineRequest) -> HttpResponse:
    """Return the metadata; both well-known addresses have the same."""
    return cacheable(request, _metadata_bytes(settings.ISSUER, settings.MTLS_ADDRESS))


@endpoint("jwks", "GET", reach=cors.Reach.ANY_PAGE)
def jwks(request: MachineRequest) -> HttpResponse:
    """Return the keys that verify what we sign, the next ones included (RFC 7517 §5)."""
    return cacheable(request, json.dumps({"keys": published()}).encode())


# RFC 8705 §5: those that authenticate applications, or take tokens of theirs.
_WITH_CERTIFICATE: Final = (
    "token_endpoint",
    "userinfo_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "pushed_authorization_request_endpoint",
    "device_authorization_endpoint",
)


def document(issuer: str, mtls_address: str = "") -> dict[str, Any]:
    """Return the metadata of the provider at this address, and where certificates are taken."""
    described = _document(issuer)
    if not mtls_address:
        return described
    aliases = {name: described[name].replace(issuer, mtls_address) for name in _WITH_CERTIFICATE}
    # RFC 8705 §3.3, §5.
    binding = {"tls_client_certificate_bound_access_tokens": True}
    return described | binding | {"mtls_endpoint_aliases": aliases}


def _document(issuer: str) -> dict[str, Any]:
    methods = client_methods.taken()
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwks",
        "registration_endpoint": f"{issuer}/register",
        "revocation_endpoint": f"{issuer}/revoke",
        "pushed_authorization_request_endpoint": f"{issuer}/par",
        "require_pushed_authorization_requests": False,
        "device_authorization_endpoint": f"{issuer}/device-authorization",
        "end_session_endpoint": f"{issuer}/logout",
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "frontchannel_logout_supported": True,
        "frontchannel_logout_session_supported": True,
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": list(response_mode.MODES),
        "grant_types_supported": list(GRANT_TYPES),
        "acr_values_supported": list(ACR.values()),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": list(Algorithm),
        "userinfo_signing_alg_values_supported": list(Algorithm),
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": list(client_jwt.ALGORITHMS),
        "revocation_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_signing_alg_values_supported": list(client_jwt.ALGORITHMS),
        "introspection_endpoint": f"{issuer}/introspect",
        "introspection_endpoint_auth_methods_supported": client_methods.taken(confidential=True),
        "introspection_endpoint_auth_signing_alg_values_supported": list(client_jwt.ALGORITHMS),
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": list(PROMPTS),
        "ui_locales_supported": _languages(),
        "claim_types_supported": ["normal"],
        "claims_supported": [*_TOKEN_CLAIMS, *sorted(claims.names(SCOPES))],
        "claims_parameter_supported": True,
        "request_parameter_supported": True,
        "request_uri_parameter_supported": True,
        "require_request_uri_registration": True,
        "require_signed_request_object": False,
        "request_object_signing_alg_values_supported": list(client_jwt.ALGORITHMS),
        "authorization_response_iss_parameter_supported": True,
        "authorization_signing_alg_values_supported": list(Algorithm),
        "introspection_signing_alg_values_supported": list(Algorithm),
        "dpop_signing_alg_values_supported": list(proof.ALGORITHMS),
    }


def _languages() -> list[str]:
    """Return the tags as most programs compare them, letter by letter (RFC 5646 §2.1.1)."""
    return [to_locale(code).replace("_", "-") for code, _name in settings.LANGUAGES]


@cache
def _metadata_bytes(issuer: str, mtls_address: str) -> bytes:
    return json.dumps(document(issuer, mtls_address)).encode()


def cacheable(request: MachineRequest, body: bytes) -> HttpResponse:
    """Return the document, or that it is still the one that the caller has."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = _MAX_AGE
    unchanged = get_conditional_response(request, etag=etag, response=response)
    return unchanged if isinstance(unchanged, HttpResponse) else response
