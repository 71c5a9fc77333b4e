"""Front-channel logout: pages of the services, opened unseen (OIDC Front-Channel Logout 1.0).

The best a browser can do, not more: many keep a service's cookies from a page inside ours. Services
that must know are told by the back-channel too.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clients.models import Application
from idp.hiding.queries import is_sensitive
from idp.models import Participant
from idp.oidc.authorize.redirect_uri import form_action, with_parameters
from idp.oidc.errors import never_stored

# Each is a page to load: a browser that was signed in everywhere still gets done.
MOST: Final = 20


def addresses(which: Q) -> list[str]:
    """Return what to open for these participants: each service's address with iss and sid (§3)."""
    rows = Participant.objects.filter(which, signed_out_at=None).exclude(
        application__frontchannel_logout_uri=""
    )
    parts = rows.select_related("application__organisation").order_by("-created_at")[:MOST]
    return [_address(part) for part in parts if part.application.is_usable()]


def _address(part: Participant) -> str:
    uri = part.application.frontchannel_logout_uri
    return with_parameters(uri, {"iss": settings.ISSUER, "sid": part.sid})


def going_on(
    request: HttpRequest, opened: list[str], *, to: str, application: Application | None
) -> HttpResponse:
    """Show that signing out is under way, open these, then go on to the service's own address."""
    words = {
        "frames": opened,
        "to": to,
        "application": application,
        "exit_this_page": is_sensitive(application, None),
    }
    page = render(request, "idp/logout/going_on.html", words)
    page["Referrer-Policy"] = "no-referrer"
    return never_stored(let_open(page, opened))


def let_open(page: HttpResponse, opened: Iterable[str]) -> HttpResponse:
    """Let the page load these in frames."""
    # The same sources as for a form that leads there: an address's origin, or its scheme.
    sources = sorted({form_action(address) for address in opened} - {""})
    if sources:
        vars(page)["_csp_update"] = {"frame-src": sources}
    return page
