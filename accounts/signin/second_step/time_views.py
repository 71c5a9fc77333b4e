"""More time for a second step, at one press."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.pages.time_left import until
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import progress, refusals
from accounts.signin.rules import FlowState


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request: BoroughRequest) -> HttpResponse:
    """Let what was proved count for longer, and tell the page's script until when.

    Without scripts it is a page in a tab of its own.
    """
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    if request.method == "POST":
        try:
            flow = progress.put_off(flow=flow)
        except (flows.FlowDoneError, AccountChangedError):
            return redirect(flows.address(flow, "signin:go_on"))
    if flow.proofs_end is None:
        return redirect(flows.address(flow, "signin:go_on"))
    if not request.accepts("text/html"):
        return until(flow.proofs_end)
    if request.method == "POST":
        return redirect(flows.address(flow, "signin:more_time"))
    return render(request, "accounts/signin/more_time.html", {"flow": flow})
