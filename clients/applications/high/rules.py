"""Which registration is fit for the high profile: FAPI 2.0 Security Profile, rule by rule."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from clients.applications.addresses.rules import is_loopback
from clients.applications.registration import Profile, Registration

_GENERAL: Final = "FAPI 2.0 Security Profile §5.3.2.1"
_CODE_FLOW: Final = "FAPI 2.0 Security Profile §5.3.2.2"
_CRYPTOGRAPHY: Final = "FAPI 2.0 Security Profile §5.4.1"
METHODS: Final = ("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth")
ALGORITHMS: Final = ("ES256", "PS256", "EdDSA")
# Part -> what may stand there besides; empty is plain JSON, or any of the algorithms.
_SIGNED: Final = {
    "algorithm": (),
    "userinfo_algorithm": ("",),
    "assertion_algorithm": ("",),
}


class HighProblem(StrEnum):
    """Why a registration is not fit for the high profile."""

    PUBLIC = "high_public"
    METHOD = "high_auth_method"
    UNBOUND = "high_tokens_unbound"
    NOT_PUSHED = "high_requests_not_pushed"
    PKCE = "high_pkce_optional"
    ALGORITHM = "high_algorithm"
    REDIRECT_URI = "high_redirect_uri_http"
    FIXED = "high_profile_fixed"


SECTIONS: Final[Mapping[HighProblem, str]] = {
    HighProblem.PUBLIC: _GENERAL,
    HighProblem.METHOD: _GENERAL,
    HighProblem.UNBOUND: _GENERAL,
    HighProblem.NOT_PUSHED: _CODE_FLOW,
    HighProblem.PKCE: _CODE_FLOW,
    HighProblem.ALGORITHM: _CRYPTOGRAPHY,
    HighProblem.REDIRECT_URI: _CODE_FLOW,
    HighProblem.FIXED: _GENERAL,
}


def high_problems(registration: Registration) -> Iterator[tuple[str, HighProblem, str]]:
    """Yield why a registration of the high profile is unfit: the part, the problem, the value."""
    if registration.profile is not Profile.HIGH:
        return
    # "shall only support confidential clients"
    if not registration.kind.keeps_secret:
        yield "kind", HighProblem.PUBLIC, registration.kind
    # "shall authenticate clients using one of": mutual TLS, private_key_jwt
    if registration.auth_method not in METHODS:
        yield "auth_method", HighProblem.METHOD, registration.auth_method
    requests = registration.requests
    # "shall only issue sender-constrained access tokens"
    if not (requests.dpop_bound_access_tokens or requests.certificate_bound_access_tokens):
        yield "dpop_bound_access_tokens", HighProblem.UNBOUND, ""
    # "shall reject authorization requests sent without PAR"
    if not requests.requires_pushed_requests:
        yield "requires_pushed_requests", HighProblem.NOT_PUSHED, ""
    # "shall require PKCE with S256 as the code challenge method"
    if requests.pkce != "required":
        yield "pkce", HighProblem.PKCE, requests.pkce
    yield from _algorithms(registration)
    # "shall not allow clients to use redirect URIs with the http scheme"
    # Elsewhere than on one's own computer http is for nobody, which another rule says.
    for uri in registration.addresses.redirect_uris:
        if uri.lower().startswith("http:") and is_loopback(_host(uri)):
            yield "redirect_uri", HighProblem.REDIRECT_URI, uri


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""


def _algorithms(registration: Registration) -> Iterator[tuple[str, HighProblem, str]]:
    """Yield what is not signed by PS256, ES256 or EdDSA, as all has to be."""
    chosen = {part: (getattr(registration, part), more) for part, more in _SIGNED.items()}
    chosen["request_object_algorithm"] = (registration.requests.request_object_algorithm, ("",))
    for part, (algorithm, more) in chosen.items():
        if algorithm not in (*ALGORITHMS, *more):
            yield part, HighProblem.ALGORITHM, algorithm
