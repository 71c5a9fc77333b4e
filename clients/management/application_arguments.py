"""The arguments of `manage.py application create`, and the registration they make."""

from argparse import ArgumentTypeError
from typing import Final

from accounts.management.operator_command import Options, argument, one_of
from clients.applications.rules import Addresses, Kind, Registration, ScopeWanted
from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES

_BASES: Final = ApplicationScope.LawfulBasis.values


def _scope(text: str) -> ScopeWanted:
    scope, basis, purpose = (*text.split(":", 2), "", "")[:3]
    if not purpose:
        message = f"{text!r} is not SCOPE:LAWFUL_BASIS:PURPOSE"
        raise ArgumentTypeError(message)
    return ScopeWanted(scope, basis, purpose)


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
        help="web keeps a secret on a server; spa and native have none (default: web)",
    ),
    argument("--auth-method", default="", choices=Application.AuthMethod.values),
    argument("--redirect-uri", action="append", default=[], metavar="URI", help="repeatable"),
    argument(
        "--post-logout-redirect-uri",
        action="append",
        default=[],
        metavar="URI",
        help="repeatable",
    ),
    argument(
        "--scope",
        action="append",
        default=[],
        type=_scope,
        metavar="SCOPE:LAWFUL_BASIS:PURPOSE",
        help=f"repeatable; one of {', '.join(SCOPES)}, on one of {', '.join(_BASES)}",
    ),
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
        live=options["live"],
        auth_method=options["auth_method"],
        addresses=Addresses(
            tuple(options["redirect_uri"]), tuple(options["post_logout_redirect_uri"])
        ),
        scopes=tuple(options["scope"]),
        home_url=options["home_url"],
        privacy_url=options["privacy_url"],
        other_way=options["other_way"],
        sector_identifier=options["sector_identifier"],
    )
