"""The arguments of `manage.py application change`, and what they make."""

from argparse import ArgumentTypeError
from typing import Final, Literal

from accounts.management.operator_command import Options, argument
from clients.applications.algorithms import Algorithm
from clients.applications.registration import Changes, Told
from clients.management.application_arguments import (
    ALGORITHM,
    CERTIFICATE_BOUND,
    CERTIFICATE_SUBJECT,
    DPOP,
    EVENT_STREAM,
    LEVEL,
    METHODS,
    PKCE,
    PUSHED,
    REQUEST_URI,
    SCOPE_WANTED,
    SENSITIVE,
    SIGNED,
    SKIPS_SHARING,
    USERINFO_ALGORITHM,
    algorithm_or_none,
)
from clients.models import ApplicationScope
from clients.scopes import SCOPES


def _age(text: str) -> int | Literal[""]:
    if not text:
        return ""
    if not text.isascii() or not text.isdecimal():
        message = f"{text!r} is not a whole number of seconds"
        raise ArgumentTypeError(message)
    return int(text[:12])


CHANGE: Final = (
    argument("--name", help="as residents read it"),
    argument("--auth-method", choices=METHODS, help="by what it authenticates from now on"),
    argument(
        "--redirect-uri",
        action="append",
        metavar="URI",
        help="repeatable; replaces all that there were",
    ),
    argument(
        "--post-logout-redirect-uri",
        action="append",
        metavar="URI",
        help="repeatable; replaces all that there were; '' for none",
    ),
    argument(
        "--scope",
        **{**SCOPE_WANTED, "help": "repeatable; replaces all: its tokens end if any is missing"},
    ),
    argument("--level", **LEVEL),
    argument("--sensitive", **SENSITIVE),
    argument("--event-stream", **EVENT_STREAM),
    argument("--skips-sharing", **SKIPS_SHARING),
    argument("--algorithm", **ALGORITHM),
    argument("--userinfo-algorithm", **USERINFO_ALGORITHM),
    argument(
        "--assertion-algorithm",
        type=algorithm_or_none,
        choices=[*Algorithm, ""],
        help="what it signs its assertions by; '' for any",
    ),
    argument(
        "--request-object-algorithm",
        type=algorithm_or_none,
        choices=[*Algorithm, ""],
        help="what it signs its requests by; '' for any",
    ),
    argument(
        "--default-max-age",
        type=_age,
        metavar="SECONDS",
        help="how old a sign-in may be where a request does not say; '' for any",
    ),
    argument(
        "--default-acr-values",
        metavar="VALUES",
        help="levels that will do where a request does not say, with spaces between; '' for any",
    ),
    argument("--pkce", **PKCE),
    argument("--pushed-requests", **PUSHED),
    argument("--signed-requests", **SIGNED),
    argument("--dpop", **DPOP),
    argument("--certificate-bound", **CERTIFICATE_BOUND),
    argument("--certificate-subject", **CERTIFICATE_SUBJECT),
    argument("--request-uri", **REQUEST_URI),
    argument("--home-url", help="where residents start; '' for none"),
    argument("--privacy-url", help="the service's privacy notice; '' for none"),
    argument("--terms-url", help="the service's terms; '' for none"),
    argument("--other-way", help="how to use the service without an account; '' for none"),
)
TELL: Final = (
    argument("scope", choices=list(SCOPES)),
    argument("--lawful-basis", choices=ApplicationScope.LawfulBasis.values),
    argument("--purpose", help="what the service needs it for"),
    argument(
        "--retention", help="what the service keeps of it, how long and why; '' to say nothing"
    ),
    argument("--notice", metavar="URL", help="the privacy notice; '' for the application's own"),
    argument("--notice-version", help="as the notice calls itself; '' for none"),
)


def told(options: Options) -> Told:
    """Return what was typed about a scope."""
    return Told(
        lawful_basis=options["lawful_basis"],
        purpose=options["purpose"],
        retention=options["retention"],
        privacy_notice=options["notice"],
        notice_version=options["notice_version"],
    )


def changes(options: Options) -> Changes:
    """Return the changes that were typed."""
    levels, scopes = options["default_acr_values"], options["scope"]
    return Changes(
        name=options["name"],
        auth_method=options["auth_method"],
        redirect_uris=_list(options, "redirect_uri"),
        post_logout_redirect_uris=_list(options, "post_logout_redirect_uri"),
        scopes=None if scopes is None else tuple(scopes),
        minimum_level=options["level"],
        is_sensitive=options["sensitive"],
        receives_events=options["event_stream"],
        skips_sharing=options["skips_sharing"],
        algorithm=options["algorithm"],
        userinfo_algorithm=options["userinfo_algorithm"],
        assertion_algorithm=options["assertion_algorithm"],
        request_object_algorithm=options["request_object_algorithm"],
        default_max_age=options["default_max_age"],
        default_acr_values=None if levels is None else tuple(levels.split()),
        pkce=options["pkce"],
        requires_pushed_requests=options["pushed_requests"],
        requires_signed_requests=options["signed_requests"],
        dpop_bound_access_tokens=options["dpop"],
        certificate_bound_access_tokens=options["certificate_bound"],
        **(vars(options["certificate_subject"]) if options["certificate_subject"] else {}),
        request_uris=_list(options, "request_uri"),
        home_url=options["home_url"],
        privacy_url=options["privacy_url"],
        terms_url=options["terms_url"],
        other_way=options["other_way"],
    )


def _list(options: Options, name: str) -> tuple[str, ...] | None:
    """Return the texts that were typed, None where none was; an empty one stands for none."""
    typed = options[name]
    return None if typed is None else tuple(filter(None, typed))
