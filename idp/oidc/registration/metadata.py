"""What a program says of itself, read as a wish (RFC 7591 §2, OIDC Registration §2).

Members that we do not know are ignored, as both specifications want; known ones with a value that
we do not support are refused, so that nobody relies on what is not there.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from clients.applications.algorithms import Algorithm
from clients.applications.callbacks.rules import Callbacks
from clients.applications.certificates import rules as certificates
from clients.applications.certificates.rules import SubjectKind
from clients.applications.keys.rules import Keys
from clients.applications.registration import Addresses, Kind, Registration
from clients.applications.requests.rules import Requests
from clients.initial_access.rules import CODE, Wish
from clients.models import Application
from idp.oidc import client_methods
from idp.oidc.registration.members import Members
from idp.oidc.registration.refusals import of_member

# RFC 7591 §2.2: of texts in several languages, the one that we take.
_LANGUAGES: Final = ("en-GB", "en")
# What is signed for it as its ID tokens are (JARM §3, RFC 9701 §6).
_SIGNED_ALIKE: Final = ("authorization_signed_response_alg", "introspection_signed_response_alg")
# The provider encrypts nothing: whoever wants that must not get it in clear.
_ENCRYPTION: Final = tuple(
    f"{kind}_encryption_{part}" if kind == "request_object" else f"{kind}_encrypted_response_{part}"
    for kind in ("id_token", "userinfo", "request_object")
    for part in ("alg", "enc")
)
_NO_ALGORITHM: Final = ""
# What we say, which no update may (RFC 7592 §2.2).
_OURS: Final = (
    *("registration_access_token", "registration_client_uri"),
    *("client_secret_expires_at", "client_id_issued_at"),
)
_OF_UPDATE: Final = {"detail": "update_unfit", "section": "RFC 7592 §2.2"}


def read(found: Mapping[str, Any], *, unnamed: str) -> Wish:
    """Return the wish; an application without a name is called `unnamed`.

    Raises:
        ProtocolError: invalid_client_metadata or invalid_redirect_uri.
    """
    members = Members(found)
    _check_supported(members)
    grant_types = members.texts("grant_types") or (CODE,)
    _check_flow(members, grant_types)
    kind = _kind(members)
    return Wish(
        registration=Registration(
            name=members.human_text("client_name", _LANGUAGES) or unnamed,
            kind=kind,
            live=False,
            addresses=Addresses(
                members.texts("redirect_uris"), members.texts("post_logout_redirect_uris")
            ),
            scopes=(),
            auth_method=_auth_method(members, kind),
            keys=Keys(members.json_object("jwks"), members.text("jwks_uri")),
            certificate=certificates.named(
                {kind: members.text(certificates.member(kind)) for kind in SubjectKind}
            ),
            callbacks=_callbacks(members),
            requests=_requests(members),
            home_url=members.human_text("client_uri", _LANGUAGES),
            privacy_url=members.human_text("policy_uri", _LANGUAGES),
            terms_url=members.human_text("tos_uri", _LANGUAGES),
            logo_uri=members.human_text("logo_uri", _LANGUAGES),
            contacts=members.texts("contacts"),
            sector_identifier_uri=members.text("sector_identifier_uri"),
            # OIDC Registration §2: the default is RS256.
            algorithm=members.choice(
                "id_token_signed_response_alg", tuple(Algorithm), Algorithm.RS256
            ),
            userinfo_algorithm=_algorithm(members, "userinfo_signed_response_alg"),
            assertion_algorithm=_algorithm(members, "token_endpoint_auth_signing_alg"),
        ),
        grant_types=grant_types,
        scopes=frozenset(members.text("scope").split(" ")) if "scope" in members else None,
        pairwise="subject_type" in members,
    )


def check_update(found: Mapping[str, Any], application: Application) -> str:
    """Refuse what no update may hold, and return the secret that it repeats (RFC 7592 §2.2).

    Raises:
        ProtocolError: invalid_client_metadata.
    """
    members = Members(found)
    for name in _OURS:
        if name in members:
            raise of_member(name, f"{name} is not the application's to set.", **_OF_UPDATE)
    if members.text("client_id") != application.client_id:
        name = "client_id"
        raise of_member(name, "Repeat the client_id of the application.", **_OF_UPDATE)
    return members.text("client_secret")


def _check_supported(members: Members) -> None:
    members.choice("subject_type", ("pairwise",), "pairwise")
    for name in _ENCRYPTION:
        if name in members:
            words = f"{name} is not supported: nothing is encrypted but by TLS."
            raise of_member(name, words, detail="encryption_unsupported")
    for name in _SIGNED_ALIKE:
        chosen = members.text("id_token_signed_response_alg") or Algorithm.RS256
        if name in members and members.text(name) != chosen:
            words = f"{name} is not supported but as id_token_signed_response_alg."
            raise of_member(name, words, detail="signed_alike")
    # Every ID token tells auth_time, so there is nothing to remember.
    members.flag("require_auth_time")


def _check_flow(members: Members, grant_types: tuple[str, ...]) -> None:
    """Refuse response types without code, and code without its grant (§2.1)."""
    responses = members.texts("response_types")
    member, words = "response_types", "response_types must hold code: no other is supported."
    if responses and "code" not in responses:
        raise of_member(member, words, detail="response_type_unsupported")
    member, words = "grant_types", "The response type code needs the grant authorization_code too."
    if responses and CODE not in grant_types:
        raise of_member(member, words, detail="grant_missing", section="RFC 7591 §2.1")


def _kind(members: Members) -> Kind:
    types = tuple(Application.Type.values)
    if members.choice("application_type", types, "web") == "native":
        return Kind.NATIVE
    return Kind.SPA if members.text("token_endpoint_auth_method") == "none" else Kind.WEB


def _auth_method(members: Members, kind: Kind) -> str:
    # RFC 7591 §2: client_secret_basic. What is handed out to everybody keeps no secret (RFC 8252
    # §8.5), so it gets none, and is told.
    default = "client_secret_basic" if kind.keeps_secret else "none"
    return str(members.choice("token_endpoint_auth_method", tuple(client_methods.taken()), default))


def _algorithm(members: Members, name: str) -> Algorithm | Literal[""]:
    if name not in members:
        return _NO_ALGORITHM
    return members.choice(name, tuple(Algorithm), Algorithm.RS256)


def _callbacks(members: Members) -> Callbacks:
    front, back = "frontchannel_logout_session_required", "backchannel_logout_session_required"
    return Callbacks(
        frontchannel_logout_uri=members.text("frontchannel_logout_uri"),
        backchannel_logout_uri=members.text("backchannel_logout_uri"),
        initiate_login_uri=members.text("initiate_login_uri"),
        frontchannel_logout_session_required=members.flag(front),
        backchannel_logout_session_required=members.flag(back),
    )


def _requests(members: Members) -> Requests:
    return Requests(
        requires_pushed_requests=members.flag("require_pushed_authorization_requests"),
        requires_signed_requests=members.flag("require_signed_request_object"),
        dpop_bound_access_tokens=members.flag("dpop_bound_access_tokens"),
        certificate_bound_access_tokens=members.flag("tls_client_certificate_bound_access_tokens"),
        request_uris=members.texts("request_uris"),
        request_object_algorithm=_algorithm(members, "request_object_signing_alg"),
        default_max_age=members.whole_number("default_max_age"),
        default_acr_values=members.texts("default_acr_values"),
    )
