"""The pages that links in mails about a change open, in whichever browser.

Opening one changes nothing, as mail scanners do that; and none signs anybody in or brings a change
about.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.models import EmailChange
from accounts.notices.catalogue import (
    EMAIL_AGREE_LINK,
    EMAIL_CONFIRM_LINK,
    EMAIL_OBJECT_LINK,
    EMAIL_STOP_LINK,
)
from accounts.notices.queries import FoundLink, find_link
from accounts.notices.rules import LinkState
from accounts.profile.emails.changes import operations as changes
from accounts.profile.emails.objection import operations as objection
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask the new address whether the change is the reader's own."""
    return _answer(request, EMAIL_CONFIRM_LINK, token, "confirm")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask the old address whether the change is the reader's own."""
    return _answer(request, EMAIL_AGREE_LINK, token, "agree")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, token: str) -> HttpResponse:
    """Let whoever reads an address of the account stop a change that waits."""
    if request.method == "POST":
        objection.stop(purpose=EMAIL_STOP_LINK, token=token, by=ANONYMOUS)
        return _once_more(request)
    found = find_link(EMAIL_STOP_LINK, token)
    change = _change(found)
    if change is None or change.done_at is not None:
        return _dead(request, found.state)
    page = "stopped" if change.cancelled_at is not None else "stop"
    return _page(request, page, change)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: BoroughRequest, token: str) -> HttpResponse:
    """Let whoever reads an address that was taken from the account freeze it."""
    if request.method == "POST":
        objection.dispute(token=token, by=ANONYMOUS)
        return _once_more(request)
    found = find_link(EMAIL_OBJECT_LINK, token)
    change = _change(found)
    if change is None:
        return _dead(request, found.state)
    page = "disputed" if change.disputed_at is not None else "dispute"
    return _page(request, page, change)


def _answer(request: BoroughRequest, purpose: str, token: str, page: str) -> HttpResponse:
    if request.method == "POST":
        decision = request.POST.get("decision")
        if decision == "confirm":
            changes.confirm_by_link(purpose=purpose, token=token, by=ANONYMOUS)
        elif decision == "refuse":
            objection.stop(purpose=purpose, token=token, by=ANONYMOUS)
        return _once_more(request)
    found = find_link(purpose, token)
    change = _change(found)
    if change is None:
        return _dead(request, found.state)
    if change.cancelled_at is not None:
        return _page(request, "stopped", change)
    return _page(request, "confirmed" if found.state is LinkState.USED else page, change)


def _change(found: FoundLink) -> EmailChange | None:
    if found.message is None or found.state not in {LinkState.GOOD, LinkState.USED}:
        return None
    return found.message.email_change


def _page(request: BoroughRequest, page: str, change: EmailChange) -> HttpResponse:
    words = {"change": change, "account": change.account}
    return render(request, f"accounts/profile/emails/link_{page}.html", words)


def _once_more(request: BoroughRequest) -> HttpResponse:
    return HttpResponseRedirect(request.path, status=303)


def _dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    note_step(request, state)
    words = {"overtaken": state is LinkState.OVERTAKEN, "expired": state is LinkState.EXPIRED}
    return render(request, "accounts/profile/emails/link_dead.html", words, status=404)
