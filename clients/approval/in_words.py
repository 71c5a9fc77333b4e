"""The parts of a registration in words, for whoever compares what is with what is to be."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Level
from clients.applications.certificates.rules import SubjectKind
from clients.applications.certificates.wording import SUBJECT_KINDS
from clients.applications.pages.wording import BASES, LEVELS, METHODS
from clients.applications.registration import Kind
from clients.applications.wording import KINDS

# In the order in which they are read.
PARTS: Final[Mapping[str, Promise]] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "scopes": _("Scopes"),
    "redirect_uris": _("Redirect URIs"),
    "post_logout_redirect_uris": _("Addresses after signing out"),
    "backchannel_logout_uri": _("Back-channel logout URI"),
    "frontchannel_logout_uri": _("Front-channel logout URI"),
    "initiate_login_uri": _("Login initiation URI"),
    "privacy_url": _("Privacy notice"),
    "home_url": _("Home page"),
    "terms_url": _("Terms of use"),
    "other_way": _("Without an account"),
    "contacts": _("Contacts"),
    "auth_method": _("Authenticates"),
    "jwks": _("Public keys"),
    "jwks_uri": _("Address of the public keys"),
    "requires_pushed_requests": _("Must push its requests (PAR)"),
    "requires_signed_requests": _("Must sign its requests (JAR)"),
    "dpop_bound_access_tokens": _("Must prove to hold the key of its tokens (DPoP)"),
    "certificate_bound_access_tokens": _("Must show the certificate of its tokens (mutual TLS)"),
    "certificate_subject_kind": _("What its certificate is known by"),
    "certificate_subject": _("Subject of its certificate"),
    "logo_uri": _("Address of a logo"),
}
_OTHERS: Final[Mapping[str, Promise]] = {
    "minimum_level": _("Strength of sign-in"),
    "is_sensitive": _("Sensitive: its name is kept out of mails"),
    "receives_events": _("Hears of its residents’ accounts"),
    "skips_sharing": _("Tells residents instead of asking them"),
    "algorithm": _("ID tokens are signed by"),
    "userinfo_algorithm": _("Userinfo is signed by"),
    "assertion_algorithm": _("Its assertions are signed by"),
    "request_object_algorithm": _("Its request objects are signed by"),
    "request_uris": _("Addresses of its request objects"),
    "default_max_age": _("How old a sign-in may be, in seconds"),
    "default_acr_values": _("Strengths that it asks for"),
    "sector_identifier_uri": _("Address of its sector’s list"),
    "pkce": _("PKCE"),
    "frontchannel_logout_session_required": _("Wants sid at front-channel logout"),
    "backchannel_logout_session_required": _("Wants sid at back-channel logout"),
}
_WORDS: Final[Mapping[str, Callable[[Any], object]]] = {
    "kind": lambda value: KINDS[Kind(value)],
    "auth_method": lambda value: METHODS.get(value, value),
    "minimum_level": lambda value: LEVELS[Level(value)],
    "certificate_subject_kind": lambda value: SUBJECT_KINDS[SubjectKind(value)],
}


def part(name: str) -> str:
    """Return the name of a part of a registration."""
    return str(PARTS.get(name) or _OTHERS.get(name) or name)


def lines(name: str, value: Any) -> list[str]:  # noqa: ANN401 - whatever a part is
    """Return a part's value, line by line, none where there is nothing."""
    if isinstance(value, bool):
        return [_now("Yes") if value else _now("No")]
    if value in ("", None) or value == []:
        return []
    if name in _WORDS:
        return [str(_WORDS[name](value))]
    if isinstance(value, list):
        return [line for each in value for line in (_scope(each) if name == "scopes" else [each])]
    return _keys(value) if isinstance(value, Mapping) else [str(value)]


def _scope(scope: Mapping[str, str]) -> list[str]:
    basis = str(BASES.get(scope["lawful_basis"], scope["lawful_basis"]))
    told = [scope["purpose"], basis, scope["retention"], scope["privacy_notice"]]
    return [f"{scope['scope']}: " + " – ".join(text for text in told if text)]


def _keys(jwks: Mapping[str, Any]) -> list[str]:
    return [
        " ".join(str(key[name]) for name in ("kid", "kty", "crv", "alg") if key.get(name))
        for key in jwks.get("keys", ())
    ]
