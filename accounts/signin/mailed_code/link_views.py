"""The page that the link in the mail opens, in whichever browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.models import OutboundMessage, PendingSignIn
from accounts.notices.catalogue import SIGN_IN_LINK
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.mailed_code import operations
from accounts.signin.refusals import HOME
from accounts.signin.rules import FlowState


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def mailed_link(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask whether to go on signing in here; opening the page changes nothing.

    Mail scanners open every link, and a stranger may have asked for the mail: the button lets this
    browser go on and no other.
    """
    found = find_link(SIGN_IN_LINK, token)
    if found.message is None or found.state is not LinkState.GOOD:
        return _dead(request, found.state)
    if request.method == "POST":
        return _follow(request, token, found.message)
    is_here = _state(request, found.message) in {FlowState.OPEN, FlowState.EXPIRED}
    words = {"message": found.message, "is_here": is_here}
    return render(request, "accounts/signin/mailed_code/link.html", words)


def _follow(request: BoroughRequest, token: str, message: OutboundMessage) -> HttpResponse:
    flow = _flow(request, message)
    state = operations.follow(flow=flow, token=token, by=ANONYMOUS)
    if state is not LinkState.GOOD:
        return _dead(request, state)
    return redirect(flows.step_address(flow))


def _flow(request: BoroughRequest, message: OutboundMessage) -> PendingSignIn:
    """Return the sign-in that the mail was asked for in, if it is this browser's, or a new one."""
    asking, state = message.sign_in, _state(request, message)
    if asking is None or state in {FlowState.UNKNOWN, FlowState.DONE}:
        return flows.begun(request, return_to=HOME)
    if state is FlowState.EXPIRED:
        wanted = flows.wanted_by(asking)
        return flows.begun(request, return_to=asking.return_to, wanted=wanted)
    return asking


def _state(request: BoroughRequest, message: OutboundMessage) -> FlowState:
    if message.sign_in is None:
        return FlowState.UNKNOWN
    return flows.state_of(request, message.sign_in)


def _dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    note_step(request, state)
    words = {"used": state is LinkState.USED, "expired": state is LinkState.EXPIRED}
    return render(request, "accounts/signin/mailed_code/link_dead.html", words, status=404)
