"""The ways that can be added, and where adding one leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Level, Method, level_of
from accounts.models import PendingSignIn
from accounts.security.browser import is_token
from accounts.sessions.cookies import attach
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import StartedSession


@dataclass(frozen=True)
class Choice:
    """One way that can be added: its page, and what residents read of it."""

    page: str
    text: Promise
    hint: Promise


CHOICES: Final[Mapping[Method, Choice]] = {
    Method.PASSKEY: Choice(
        "passkeys:add_passkey",
        _("A passkey"),
        _("On this device, your phone or a key. It signs you in alone, without a password."),
    ),
    Method.APP: Choice(
        "mfa:add_app",
        _("An app that shows codes"),
        _("On your phone, tablet or computer. Many phones have one built in."),
    ),
    Method.CODE_SHEET: Choice(
        "mfa:add_code_sheet",
        _("A printed sheet of codes"),
        _("Needs no phone. Each time, you type one code from the paper."),
    ),
    Method.SECURITY_KEY: Choice(
        "passkeys:add_security_key",
        _("A security key"),
        _("A small thing to plug in or hold against your phone. The council lends them."),
    ),
}


# Beside another second step only: no choice for whoever needs a level.
TEXT_MESSAGE: Final = Choice(
    "mfa:add_text_message",
    _("Codes by text message"),
    _("Beside one of the others, for a day without it. They change nothing in your account."),
)


def choices(level: Level = Level.ONE_FACTOR) -> list[Choice]:
    """Return what can be added that gives this level beside a password, or of itself."""
    return [
        choice for method, choice in CHOICES.items() if level_of({Method.PASSWORD, method}) >= level
    ]


def flow_of(request: BoroughRequest) -> PendingSignIn | None:
    """Return the finished sign-in that the request names: this browser's, this account's, or none.

    It may have expired: whoever fetches a phone from upstairs still goes back to the service.
    """
    named = request.GET.get("flow", "") or request.POST.get("flow", "")
    session = request.signed_in
    if session is None or not is_token(named):
        return None
    row = PendingSignIn.objects.filter(pk=named, account=session.account).first()
    if row is None or row.done_at is None or not request.browser.owns(row.browser_hash):
        return None
    return row


def added(request: BoroughRequest, started: StartedSession) -> HttpResponse:
    """Go back to the service that needed it, or to the list, in a session that rests on it too."""
    request.signed_in = started.session
    flow = flow_of(request)
    if flow is None:
        leads_to = reverse("mfa:overview")
    elif started.session.level >= flow.level:
        leads_to = flow.return_to
    else:
        leads_to = address(request, "mfa:needed")
    response = HttpResponseRedirect(leads_to, status=303)
    attach(response, started.cookie_value)
    return response


def address(request: BoroughRequest, page: str) -> str:
    """Return the address of a page, which keeps the sign-in that a way is added for."""
    flow = flow_of(request)
    return f"{reverse(page)}?{urlencode({'flow': flow.pk})}" if flow else reverse(page)
