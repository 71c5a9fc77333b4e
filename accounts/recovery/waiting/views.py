"""Stopping a recovery by a mailed link, and the owner's own page of one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import ANONYMOUS, resident
from accounts.mfa.decorators import standing_of as way_standing_of
from accounts.mfa.rules import Standing as WayStanding
from accounts.models import Session
from accounts.notices.catalogue import GO_ON_LINK, STOP_LINK
from accounts.pages.browser_kind import browser_words
from accounts.recovery import queries
from accounts.recovery.behind_link import behind, refused, state_of
from accounts.recovery.rules import Rung, is_shown
from accounts.recovery.session_proofs import shown_in
from accounts.recovery.waiting import operations
from accounts.recovery.waiting.operations import Claim
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, token: str) -> HttpResponse:
    """Show what waits and one button that stops it; opening the page changes nothing."""
    return _stop(request, STOP_LINK, token)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop_open(request: BoroughRequest, token: str) -> HttpResponse:
    """Do the same by the last mail's link, which else goes on."""
    return _stop(request, GO_ON_LINK, token)


def _stop(request: BoroughRequest, purpose: str, token: str) -> HttpResponse:
    found = behind(request, purpose, token)
    if isinstance(found, HttpResponse):
        return found
    row = found.message.recovery
    if request.method == "POST" and row is not None:
        refusal = operations.pause(request=row, by=ANONYMOUS)
        return refused(request, refusal) if refusal else redirect(request.path)
    words = {**state_of(row), "account": found.account, "token": token}
    return render(request, "accounts/recovery/stop.html", words)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: BoroughRequest) -> HttpResponse:
    """Show a recovery of one's own account: begin it after a recovery code, or stop it."""
    session = session_of(request)
    if request.method == "POST":
        return _change(request, session)
    row = queries.latest_of(session.account)
    words = {
        **state_of(row),
        "may_begin": is_shown(Rung.KNOWN_PASSWORD, shown_in(session)),
        "wait_hours": queries.wait_of(Rung.KNOWN_PASSWORD).total_seconds() // 3600,
    }
    return render(request, "accounts/recovery/own.html", words)


def _change(request: BoroughRequest, session: Session) -> HttpResponse:
    by, row = resident(session.account), queries.latest_of(session.account)
    if row is None:
        started_on = browser_words(request.headers.get("User-Agent", ""))
        claim = Claim(Rung.KNOWN_PASSWORD, shown_in(session), started_on=started_on)
        refusal = operations.begin(account=session.account, claim=claim, by=by)
    elif "stop" not in request.POST:
        # A second click on the button that began it.
        refusal = None
    elif way_standing_of(session) is WayStanding.FRESH:
        refusal = operations.cancel(request=row, by=by)
    else:
        refusal = operations.pause(request=row, by=by)
    return refused(request, refusal) if refusal else redirect("recovery:own")
