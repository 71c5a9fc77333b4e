"""The arguments of `manage.py application create`, and what they make."""

import json
from argparse import ArgumentTypeError, BooleanOptionalAction
from pathlib import Path
from typing import Any, Final, Literal

from accounts.assurance import Level
from accounts.management.operator_command import Options, argument, one_of
from clients.applications.algorithms import Algorithm
from clients.applications.callbacks.rules import Callbacks
from clients.applications.certificates.rules import NO_CERTIFICATE, Certificate, SubjectKind
from clients.applications.keys import pem
from clients.applications.keys.material import MalformedKeyError
from clients.applications.keys.rules import Keys
from clients.applications.registration import (
    Addresses,
    Kind,
    Profile,
    Registration,
    ScopeWanted,
)
from clients.applications.requests.rules import Pkce, Requests
from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES

METHODS: Final = (
    Application.AuthMethod.SECRET_BASIC,
    Application.AuthMethod.SECRET_POST,
    Application.AuthMethod.PRIVATE_KEY_JWT,
    Application.AuthMethod.TLS_CLIENT_AUTH,
    Application.AuthMethod.SELF_SIGNED_TLS_CLIENT_AUTH,
    Application.AuthMethod.NONE,
)
_BASES: Final = ApplicationScope.LawfulBasis.values
# Level -> how operators type and read it.
LEVELS: Final = {level: level.name.lower().replace("_", "-") for level in Level}


def scope_wanted(text: str) -> ScopeWanted:
    """Read a scope with its lawful basis and purpose."""
    scope, basis, purpose = (*text.split(":", 2), "", "")[:3]
    if not purpose:
        message = f"{text!r} is not SCOPE:LAWFUL_BASIS:PURPOSE"
        raise ArgumentTypeError(message)
    return ScopeWanted(scope, basis, purpose)


def _level(text: str) -> Level:
    for level, word in LEVELS.items():
        if word == text:
            return level
    message = f"{text!r} is not one of {', '.join(LEVELS.values())}"
    raise ArgumentTypeError(message)


def certificate_subject(text: str) -> Certificate:
    """Read the subject of a certificate with its kind."""
    kind, _, subject = text.partition(":")
    if kind not in list(SubjectKind) or not subject:
        message = f"{text!r} is not KIND:SUBJECT"
        raise ArgumentTypeError(message)
    return Certificate(SubjectKind(kind), subject)


def _jwks(path: str) -> Any:  # noqa: ANN401 - whatever the file holds; rules say if it is a set
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
        if pem.holds_private_key(text):
            message = f"{path!r} holds a private key: give the public one alone"
            raise ArgumentTypeError(message)
        return pem.jwk_set(text) if pem.is_pem(text) else json.loads(text)
    except (OSError, ValueError, RecursionError, MalformedKeyError) as error:
        message = f"{path!r} is not a file of JSON, or of one public key in PEM, that can be read"
        raise ArgumentTypeError(message) from error


LEVEL: Final = {
    "type": _level,
    "metavar": "LEVEL",
    "help": f"how residents must sign in: {', '.join(LEVELS.values())}",
}


def algorithm_or_none(text: str) -> Algorithm | Literal[""]:
    """Read an algorithm, or an empty text for none."""
    return Algorithm(text) if text else ""


ALGORITHM: Final = {
    "type": Algorithm,
    "choices": list(Algorithm),
    "help": "what its ID tokens are signed by",
}
USERINFO_ALGORITHM: Final = {
    "type": algorithm_or_none,
    "choices": [*Algorithm, ""],
    "help": "what the answers of userinfo are signed by; '' for plain JSON",
}
SENSITIVE: Final = {
    "action": BooleanOptionalAction,
    "help": "that somebody uses it may put them in danger: pages and mails keep it out of sight",
}
EVENT_STREAM: Final = {
    "action": BooleanOptionalAction,
    "help": "that it may hear of accounts that it knows, by a stream of its own (OpenID Shared "
    "Signals)",
}

SKIPS_SHARING: Final = {
    "action": BooleanOptionalAction,
    "help": "tell residents instead of asking them, where all it asks for is the council's own "
    "public task",
}

PKCE: Final = {
    "type": Pkce,
    "choices": list(Pkce),
    "help": "whether each request must have a code challenge; optional only for old libraries of "
    "services that keep a secret",
}
PUSHED: Final = {
    "action": BooleanOptionalAction,
    "help": "that it must push its requests first (RFC 9126)",
}
SIGNED: Final = {
    "action": BooleanOptionalAction,
    "help": "that it must sign its requests (RFC 9101)",
}
DPOP: Final = {
    "action": BooleanOptionalAction,
    "help": "that it gets no tokens but those bound to a key, by DPoP (RFC 9449)",
}
CERTIFICATE_BOUND: Final = {
    "action": BooleanOptionalAction,
    "help": "that it gets no tokens but those bound to its certificate (RFC 8705)",
}
CERTIFICATE_SUBJECT: Final = {
    "type": certificate_subject,
    "metavar": "KIND:SUBJECT",
    "help": f"by which its certificate is known, for tls_client_auth: {', '.join(SubjectKind)}, "
    "as in san_dns:api.example.org",
}
REQUEST_URI: Final = {
    "action": "append",
    "metavar": "URI",
    "help": "repeatable; where it keeps requests that it signed; '' for none",
}

KEYS: Final = (
    argument(
        "--jwks", type=_jwks, metavar="FILE", help="its public keys, as a JWK Set, or one in PEM"
    ),
    argument(
        "--jwks-uri",
        default="",
        metavar="URI",
        help="where it publishes them instead; https on the public internet, or a host of "
        "BOROUGH_OUTGOING_ALLOW",
    ),
)
CALLBACKS: Final = (
    argument(
        "--backchannel-logout-uri",
        default="",
        metavar="URI",
        help="where this server tells it that a session ended; https on the public internet, or a "
        "host of BOROUGH_OUTGOING_ALLOW",
    ),
    argument(
        "--frontchannel-logout-uri",
        default="",
        metavar="URI",
        help="what browsers open unseen when somebody signs out",
    ),
    argument(
        "--initiate-login-uri",
        default="",
        metavar="URI",
        help="where a sign-in to it begins, from a list of services",
    ),
)
SCOPE_WANTED: Final = {
    "action": "append",
    "type": scope_wanted,
    "metavar": "SCOPE:LAWFUL_BASIS:PURPOSE",
    "help": f"repeatable; one of {', '.join(SCOPES)}, on one of {', '.join(_BASES)}",
}
SCOPE: Final = argument("--scope", default=[], **SCOPE_WANTED)
CREATE: Final = (
    argument("--organisation", required=True, help="short name of who runs it"),
    argument("--name", required=True, help="as residents read it"),
    argument("--slug", default="", help="short name; made from the name unless given"),
    one_of(
        argument("--live", action="store_true", help="for residents"),
        argument("--sandbox", dest="live", action="store_false", help="for trying out"),
    ),
    argument(
        "--kind",
        type=Kind,
        choices=list(Kind),
        default=Kind.WEB,
        help="web keeps a secret on a server; spa and native have none; service is a program that "
        "acts in its own name; device shows a code to type elsewhere, as televisions do "
        "(default: web)",
    ),
    argument("--auth-method", default="", choices=METHODS),
    argument(
        "--profile",
        type=Profile,
        choices=list(Profile),
        default=Profile.STANDARD,
        help="how strict the protocol is; high is FAPI 2.0, with pushed requests; stays for good",
    ),
    *KEYS,
    *CALLBACKS,
    argument("--redirect-uri", action="append", default=[], metavar="URI", help="repeatable"),
    argument(
        "--post-logout-redirect-uri",
        action="append",
        default=[],
        metavar="URI",
        help="repeatable",
    ),
    SCOPE,
    argument("--level", default=Level.ONE_FACTOR, **LEVEL),
    argument("--sensitive", default=False, **SENSITIVE),
    argument("--event-stream", default=False, **EVENT_STREAM),
    argument("--skips-sharing", default=False, **SKIPS_SHARING),
    argument("--algorithm", default=Algorithm.ES256, **ALGORITHM),
    argument("--userinfo-algorithm", default="", **USERINFO_ALGORITHM),
    argument("--pkce", default=Pkce.REQUIRED, **PKCE),
    argument("--pushed-requests", default=False, **PUSHED),
    argument("--signed-requests", default=False, **SIGNED),
    argument("--dpop", default=False, **DPOP),
    argument("--certificate-bound", default=False, **CERTIFICATE_BOUND),
    argument("--certificate-subject", default=NO_CERTIFICATE, **CERTIFICATE_SUBJECT),
    argument("--request-uri", default=[], **REQUEST_URI),
    argument("--home-url", default="", help="where residents start"),
    argument("--privacy-url", default="", help="the service's privacy notice"),
    argument("--other-way", default="", help="how to use the service without an account"),
    argument(
        "--sector-identifier", default="", help="shared by services that are one to residents"
    ),
)


def registration(options: Options) -> Registration:
    """Return the registration that was typed."""
    return Registration(
        name=options["name"],
        slug=options["slug"],
        kind=options["kind"],
        profile=options["profile"],
        live=options["live"],
        auth_method=options["auth_method"],
        keys=keys(options),
        certificate=options["certificate_subject"],
        callbacks=callbacks(options),
        requests=_requests(options),
        addresses=Addresses(
            tuple(options["redirect_uri"]), tuple(options["post_logout_redirect_uri"])
        ),
        scopes=tuple(options["scope"]),
        home_url=options["home_url"],
        privacy_url=options["privacy_url"],
        other_way=options["other_way"],
        sector_identifier=options["sector_identifier"],
        minimum_level=options["level"],
        is_sensitive=options["sensitive"],
        receives_events=options["event_stream"],
        skips_sharing=options["skips_sharing"],
        algorithm=options["algorithm"],
        userinfo_algorithm=options["userinfo_algorithm"],
    )


def keys(options: Options) -> Keys:
    """Return the public keys that were given."""
    return Keys(options["jwks"], options["jwks_uri"])


def callbacks(options: Options) -> Callbacks:
    """Return the addresses for signing out and in that were given."""
    return Callbacks(
        frontchannel_logout_uri=options["frontchannel_logout_uri"],
        backchannel_logout_uri=options["backchannel_logout_uri"],
        initiate_login_uri=options["initiate_login_uri"],
    )


def _requests(options: Options) -> Requests:
    return Requests(
        pkce=options["pkce"],
        requires_pushed_requests=options["pushed_requests"] or options["profile"] is Profile.HIGH,
        requires_signed_requests=options["signed_requests"],
        dpop_bound_access_tokens=options["dpop"],
        certificate_bound_access_tokens=options["certificate_bound"],
        request_uris=tuple(filter(None, options["request_uri"])),
    )
