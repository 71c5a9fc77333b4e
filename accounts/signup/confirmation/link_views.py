"""The page that a mailed link opens, in whichever browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import SIGN_UP_CODE_NETWORK
from accounts.models import PendingSignUp
from accounts.notices.catalogue import CONFIRM_LINK
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many
from accounts.signup.confirmation import operations, place, queries
from accounts.signup.confirmation.rules import Standing


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask whether the sign-up is the reader's own; opening the page changes nothing.

    Mail scanners open every link, and a stranger may have typed this address: only a button
    confirms, and the page says when and on what the sign-up began.
    """
    if request.method == "POST":
        return _decide(request, token)
    found = find_link(CONFIRM_LINK, token)
    sign_up = found.message.sign_up if found.message else None
    if sign_up is None or found.state in {LinkState.UNKNOWN, LinkState.OVERTAKEN}:
        return _dead(request, found.state)
    standing = queries.standing(sign_up)
    if standing is Standing.EXPIRED:
        return _dead(request, LinkState.EXPIRED)
    if standing is Standing.CONFIRMED and _goes_on_here(request, sign_up):
        return redirect(place.address(sign_up, "signup:details"))
    return render(request, f"accounts/signup/link_{standing}.html", {"sign_up": sign_up})


def _decide(request: BoroughRequest, token: str) -> HttpResponse:
    verdict = hit(SIGN_UP_CODE_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        return too_many(request, verdict)
    decision = request.POST.get("decision")
    if decision == "confirm":
        operations.confirm_by_link(token=token, by=ANONYMOUS)
    elif decision == "refuse":
        operations.refuse(token=token, by=ANONYMOUS)
    return redirect(request.path)


def _goes_on_here(request: BoroughRequest, sign_up: PendingSignUp) -> bool:
    return sign_up.completed_at is None and request.browser.owns(sign_up.flow.browser_hash)


def _dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    note_step(request, state)
    words = {"overtaken": state is LinkState.OVERTAKEN, "expired": state is LinkState.EXPIRED}
    return render(request, "accounts/signup/link_dead.html", words, status=404)
