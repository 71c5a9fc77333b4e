"""The page of a sign-in that has proved all and meets a closed account, and of one that waits."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.closing import operations, queries
from accounts.closing.erasures import asked_of
from accounts.closing.operations import NotReopenedError
from accounts.closing.rules import Outcome, Standing
from accounts.help_codes.trail import note_step
from accounts.models import Account, PendingSignIn
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import progress, refusals
from accounts.signin.operations import Refusal
from accounts.signin.rules import FlowState, Next


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def closed(request: BoroughRequest) -> HttpResponse:
    """Ask whoever proved all that a closed account has whether to open it again."""
    flow, state = flows.look(request)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    account = _proved(flow)
    if account is None:
        # By a typed address, or opened meanwhile in another tab.
        return redirect(flows.address(flow, "signin:go_on"))
    if request.method == "POST":
        return _reopen(request, flow, account)
    closing = queries.reopenable(account)
    if closing is None:
        return refusals.account_not_usable(request, Refusal.CLOSED)
    note_step(request, Standing.REOPENABLE)
    words = {
        "flow": flow,
        "closing": closing,
        "erasures": asked_of(closing, private_too=True),
        "exit_this_page": True,
    }
    response = render(request, "accounts/signin/closed.html", words)
    return flows.allow_form_action(response, flow)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def closes(request: BoroughRequest) -> HttpResponse:
    """Tell whoever signed in when the account closes, and let them keep it, on their way."""
    flow, _ = flows.look(request)
    account = session_of(request).account
    if flow is None or flow.account_id != account.pk:
        return redirect("closing:waiting")
    if request.method == "POST":
        operations.keep(account=account, by=resident(account))
        note_step(request, Outcome.KEPT)
        return HttpResponseRedirect(flow.return_to, status=303)
    closing = queries.waiting(account)
    if closing is None:
        return redirect(flow.return_to)
    note_step(request, Standing.WAITING)
    words = {"flow": flow, "closing": closing}
    response = render(request, "accounts/signin/closes.html", words)
    return flows.allow_form_action(response, flow)


def _proved(flow: PendingSignIn) -> Account | None:
    # Asked anew at each request: proofs grow old, and a typed address brings none.
    is_met = progress.needed(flow, remembered=False) is Next.REOPEN
    return flow.account if is_met else None


def _reopen(request: BoroughRequest, flow: PendingSignIn, account: Account) -> HttpResponse:
    try:
        operations.reopen(account=account, by=resident(account))
    except NotReopenedError:
        return refusals.account_not_usable(request, Refusal.CLOSED)
    note_step(request, Outcome.REOPENED)
    account.refresh_from_db(fields=["status"])
    try:
        return flows.go_on(request, flow)
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, flow)
    except AccountChangedError:
        return redirect(flows.renew(request, flow))
