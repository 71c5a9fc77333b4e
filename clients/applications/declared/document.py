"""The document that an application is declared by, and the registration that it stands for.

Members are named as in RFC 7591 §2 where that has a name for them. What a document leaves out has
its default: whoever takes a line out of a file wants what the line said undone. What it cannot say
at all, because the council decides it, stays as it is.
"""

from dataclasses import asdict, replace
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clients.applications.algorithms import Algorithm
from clients.applications.callbacks.rules import Callbacks
from clients.applications.certificates import rules as certificates
from clients.applications.certificates.rules import Certificate, SubjectKind
from clients.applications.keys.rules import Keys
from clients.applications.registration import Addresses, Kind, Profile, Registration, ScopeWanted
from clients.applications.requests.rules import Requests

# Bounds against a flood alone: what is fit is for the rules of every registration to say.
_MOST: Final = 50
Text: TypeAlias = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Texts: TypeAlias = Annotated[list[Text], Field(max_length=_MOST)]
Slug: TypeAlias = Annotated[
    str, StringConstraints(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
]
Method: TypeAlias = Literal[
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
    "none",
]


class _Strict(BaseModel):
    # A misspelt member would silently be left out, and what it stood for undone.
    model_config = ConfigDict(extra="forbid", frozen=True)


class DeclaredScope(_Strict):
    """A scope that the application may ask for: why, on which lawful basis, and what is kept."""

    scope: Text
    lawful_basis: Literal["public_task", "consent", "contract", "legal_obligation"]
    purpose: Text
    retention: Text = ""
    privacy_notice: Text = ""
    notice_version: Text = ""


class Declared(_Strict):
    """All that a document can say of an application, but for its short name."""

    name: Text
    kind: Kind = Kind.WEB
    profile: Profile | None = None
    redirect_uris: Texts = []
    post_logout_redirect_uris: Texts = []
    scopes: Annotated[list[DeclaredScope], Field(max_length=_MOST)] = []
    token_endpoint_auth_method: Method | None = None
    jwks: dict[str, Any] | None = None
    jwks_uri: Text = ""
    tls_client_auth_subject_dn: Text = ""
    tls_client_auth_san_dns: Text = ""
    tls_client_auth_san_uri: Text = ""
    tls_client_auth_san_ip: Text = ""
    tls_client_auth_san_email: Text = ""
    id_token_signed_response_alg: Algorithm = Algorithm.ES256
    userinfo_signed_response_alg: Algorithm | None = None
    backchannel_logout_uri: Text = ""
    backchannel_logout_session_required: bool = False
    frontchannel_logout_uri: Text = ""
    frontchannel_logout_session_required: bool = False
    initiate_login_uri: Text = ""
    request_uris: Texts = []
    require_pushed_authorization_requests: bool = False
    require_signed_request_object: bool = False
    dpop_bound_access_tokens: bool = False
    tls_client_certificate_bound_access_tokens: bool = False
    default_max_age: Annotated[int, Field(ge=0)] | None = None
    default_acr_values: Texts = []
    client_uri: Text = ""
    policy_uri: Text = ""
    tos_uri: Text = ""
    other_way: Text = ""
    contacts: Texts = []


def registration_of(
    declared: Declared, *, slug: str, live: bool, before: Registration | None
) -> Registration:
    """Return what the document wants to be registered; what it cannot say is as `before`."""
    blank = Registration(declared.name, declared.kind, live, Addresses(()), (), slug=slug)
    old = before or blank
    return replace(
        old,
        name=declared.name,
        kind=declared.kind,
        profile=declared.profile or old.profile,
        addresses=Addresses(
            tuple(declared.redirect_uris), tuple(declared.post_logout_redirect_uris)
        ),
        scopes=tuple(ScopeWanted(**dict(scope)) for scope in declared.scopes),
        auth_method=declared.token_endpoint_auth_method or _usual_method(declared.kind),
        keys=Keys(declared.jwks, declared.jwks_uri),
        certificate=certificates.named(
            {kind: getattr(declared, certificates.member(kind)) for kind in SubjectKind}
        ),
        callbacks=_callbacks(declared),
        requests=_requests(declared, old.requests),
        home_url=declared.client_uri,
        privacy_url=declared.policy_uri,
        terms_url=declared.tos_uri,
        other_way=declared.other_way,
        contacts=tuple(declared.contacts),
        algorithm=declared.id_token_signed_response_alg,
        userinfo_algorithm=declared.userinfo_signed_response_alg or "",
    )


def declared_as(registration: Registration) -> dict[str, Any]:
    """Return the document, as JSON has it, that declares what is registered."""
    callbacks, requests = registration.callbacks, registration.requests
    return {
        "name": registration.name,
        "kind": str(registration.kind),
        "profile": str(registration.profile),
        "redirect_uris": list(registration.addresses.redirect_uris),
        "post_logout_redirect_uris": list(registration.addresses.post_logout_redirect_uris),
        "scopes": [asdict(scope) for scope in registration.scopes],
        "token_endpoint_auth_method": registration.auth_method,
        "jwks": registration.keys.jwks,
        "jwks_uri": registration.keys.jwks_uri,
        **_subjects(registration.certificate),
        "id_token_signed_response_alg": str(registration.algorithm),
        "userinfo_signed_response_alg": str(registration.userinfo_algorithm) or None,
        "backchannel_logout_uri": callbacks.backchannel_logout_uri,
        "backchannel_logout_session_required": callbacks.backchannel_logout_session_required,
        "frontchannel_logout_uri": callbacks.frontchannel_logout_uri,
        "frontchannel_logout_session_required": callbacks.frontchannel_logout_session_required,
        "initiate_login_uri": callbacks.initiate_login_uri,
        "request_uris": list(requests.request_uris),
        "require_pushed_authorization_requests": requests.requires_pushed_requests,
        "require_signed_request_object": requests.requires_signed_requests,
        "dpop_bound_access_tokens": requests.dpop_bound_access_tokens,
        "tls_client_certificate_bound_access_tokens": requests.certificate_bound_access_tokens,
        "default_max_age": requests.default_max_age,
        "default_acr_values": list(requests.default_acr_values),
        "client_uri": registration.home_url,
        "policy_uri": registration.privacy_url,
        "tos_uri": registration.terms_url,
        "other_way": registration.other_way,
        "contacts": list(registration.contacts),
    }


def _subjects(certificate: Certificate) -> dict[str, str]:
    kind, subject = certificate.certificate_subject_kind, certificate.certificate_subject
    return {certificates.member(one): subject if one == kind else "" for one in SubjectKind}


def _usual_method(kind: Kind) -> str:
    return "client_secret_basic" if kind.keeps_secret else "none"


def _callbacks(declared: Declared) -> Callbacks:
    return Callbacks(
        frontchannel_logout_uri=declared.frontchannel_logout_uri,
        backchannel_logout_uri=declared.backchannel_logout_uri,
        initiate_login_uri=declared.initiate_login_uri,
        frontchannel_logout_session_required=declared.frontchannel_logout_session_required,
        backchannel_logout_session_required=declared.backchannel_logout_session_required,
    )


def _requests(declared: Declared, before: Requests) -> Requests:
    return replace(
        before,
        requires_pushed_requests=declared.require_pushed_authorization_requests,
        requires_signed_requests=declared.require_signed_request_object,
        dpop_bound_access_tokens=declared.dpop_bound_access_tokens,
        certificate_bound_access_tokens=declared.tls_client_certificate_bound_access_tokens,
        request_uris=tuple(declared.request_uris),
        default_max_age=declared.default_max_age,
        default_acr_values=tuple(declared.default_acr_values),
    )
