"""The page of a sign-in that has proved what it can and meets a frozen account."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.assurance import methods_in
from accounts.audit.actor import resident
from accounts.freezing import operations, queries
from accounts.freezing.rules import Unfreezing, may_unfreeze
from accounts.help_codes.trail import note_step
from accounts.models import Account, PendingSignIn
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import progress, refusals
from accounts.signin.rules import FlowState, Next


@dataclass(frozen=True)
class _Met:
    """A frozen account that a pending sign-in has come to, and what it would be answered."""

    flow: PendingSignIn
    account: Account
    answer: Unfreezing


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def frozen(request: BoroughRequest) -> HttpResponse:
    """Ask whether to unfreeze the account, or say what is missing for that."""
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    met = _met(flow)
    if met is None:
        # By a typed address, or unfrozen meanwhile in another tab.
        return redirect(flows.address(flow, "signin:go_on"))
    if request.method == "POST" and met.answer is Unfreezing.DONE:
        return _unfreeze(request, met)
    return _page(request, met)


def _met(flow: PendingSignIn) -> _Met | None:
    # Asked anew at each request: proofs grow old, and a typed address brings none.
    if flow.account is None or progress.needed(flow, remembered=False) is not Next.UNFREEZE:
        return None
    freeze = queries.in_force(flow.account)
    if freeze is None:
        return None
    wish = queries.wish(flow.account, freeze, methods_in(flow.proofs))
    return _Met(flow, flow.account, may_unfreeze(wish, now=timezone.now()))


def _unfreeze(request: BoroughRequest, met: _Met) -> HttpResponse:
    proved = methods_in(met.flow.proofs)
    answer = operations.unfreeze(account=met.account, proved=proved, by=resident(met.account))
    note_step(request, answer)
    met.account.refresh_from_db(fields=["status"])
    try:
        return flows.go_on(request, met.flow)
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, met.flow)
    except AccountChangedError:
        return redirect(flows.renew(request, met.flow))


def _page(request: BoroughRequest, met: _Met) -> HttpResponse:
    note_step(request, met.answer)
    context = {
        "flow": met.flow,
        "answer": met.answer.value,
        "held_until": met.account.changes_held_until,
        "sign_in_again": flows.address(met.flow),
    }
    response = render(request, "accounts/signin/frozen.html", context)
    return flows.allow_form_action(response, met.flow)
