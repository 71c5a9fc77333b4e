"""What the pages of a trail show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Application
from idp.models import RequestTrail
from idp.portal.trail.queries import Page, end_of
from idp.portal.trail.words.catalogue import explained
from idp.trail.noting import BEGUN, OK
from idp.trail.rules import LEFT_OUT

ENDPOINTS: Final[dict[str, str | Promise]] = {
    "authorize": gettext_lazy("Sign-in (authorize)"),
    "token": gettext_lazy("Tokens (token)"),
    "userinfo": gettext_lazy("Details (userinfo)"),
    "par": gettext_lazy("Pushed requests (par)"),
    "introspect": gettext_lazy("Introspection (introspect)"),
    "revoke": gettext_lazy("Revocation (revoke)"),
    "device-authorization": gettext_lazy("Device codes (device-authorization)"),
    "device": gettext_lazy("Letting a device in (device)"),
    "logout": gettext_lazy("Signing out (logout)"),
    "register/client": gettext_lazy("Registration (register/client)"),
}
_PASSED: Final[dict[str, str | Promise]] = {
    "authorize": gettext_lazy("The resident signed in, and a code was sent to the application."),
    "token": gettext_lazy("Tokens were given."),
    "userinfo": gettext_lazy("The resident’s details were given."),
    "par": gettext_lazy("The pushed request was accepted."),
    "introspect": gettext_lazy("It was said whether a token is good."),
    "revoke": gettext_lazy("A token was ended, if it was good."),
    "device-authorization": gettext_lazy("A device got its codes."),
    "device": gettext_lazy("The resident let the device in."),
    "logout": gettext_lazy("The resident was signed out."),
}
_GRANTS: Final[dict[str, str | Promise]] = {
    "authorization_code": gettext_lazy("A code was exchanged for tokens: somebody signed in."),
    "refresh_token": gettext_lazy("A refresh token was exchanged for new tokens."),
    "client_credentials": gettext_lazy("The application got a token in its own name."),
    "urn:ietf:params:oauth:grant-type:device_code": gettext_lazy(
        "A device got its tokens: somebody signed in."
    ),
}


@dataclass(frozen=True)
class Shown:
    """One entry in words."""

    row: RequestTrail
    endpoint: str
    happened: str
    fix: str
    milliseconds: str


@dataclass(frozen=True)
class LeftOut:
    """How many of anybody's requests an hour had no room for."""

    until: datetime
    number: int


def lines(application: Application, found: Page) -> list[Shown | LeftOut]:
    """Return what a page lists, newest first."""
    listed: list[tuple[datetime, Shown | LeftOut]] = [
        *((row.at, shown(application, row)) for row in found.entries),
        *((end_of(row), LeftOut(end_of(row), row.left_out)) for row in found.left_out),
    ]
    listed.sort(key=lambda line: line[0], reverse=True)
    return [line for _at, line in listed]


def shown(application: Application, row: RequestTrail) -> Shown:
    """Return an entry in words: what happened, and what mends it."""
    happened, fix = _words(row)
    known = {
        "sent": row.sent or _("not kept"),
        "parameter": row.parameter,
        "issuer": settings.ISSUER,
        "method": application.token_endpoint_auth_method,
    }
    return Shown(
        row=row,
        endpoint=str(ENDPOINTS.get(row.endpoint, row.endpoint)),
        happened=happened.format_map(known),
        fix=fix.format_map(known),
        milliseconds=f"{row.duration / 1000:.1f}",
    )


def _words(row: RequestTrail) -> tuple[str, str]:
    if not row.is_refused and not (row.outcome == BEGUN and row.reason):
        return _passed(row), ""
    words = explained(row.reason)
    if row.reason == "unregistered_redirect_uri" and (not row.sent or LEFT_OUT in row.sent):
        # What was left out here cannot be copied from here.
        fix = _("Add to the redirect URIs of this application the exact address that it sends.")
        return str(words.happened), fix
    return str(words.happened), str(words.fix)


def _passed(row: RequestTrail) -> str:
    if row.outcome == BEGUN:
        return _("The request was right, and the resident was shown a page.")
    if row.outcome == OK and row.grant_type in _GRANTS:
        return str(_GRANTS[row.grant_type])
    return str(_PASSED.get(row.endpoint, _("The request was answered.")))


def endpoint_choices() -> Iterable[tuple[str, str | Promise]]:
    """Return the endpoints that a page can be narrowed to."""
    return [("", gettext_lazy("All")), *ENDPOINTS.items()]
