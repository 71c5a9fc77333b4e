"""The page on which somebody types the code of a printed sheet, and goes on to a sign-up."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit_all
from accounts.limits.rules import network_of
from accounts.limits.table import START_CODE, START_CODE_NETWORK
from accounts.models import PendingSignIn
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import staff_here
from accounts.signin import flow as flows
from accounts.signin.refusals import HOME, too_many
from accounts.signin.rules import FlowState
from accounts.start_codes import operations, queries
from accounts.start_codes.forms import CodeForm
from accounts.start_codes.rules import Refusal
from accounts.start_codes.wording import NOT_GOOD


@public
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: BoroughRequest) -> HttpResponse:
    """Ask for the start code of a sheet."""
    refusal = _refusal(request)
    if refusal is not None:
        note_step(request, refusal)
        words = {"is_staff": refusal is Refusal.STAFF_HERE}
        return render(request, "accounts/start_codes/not_here.html", words, status=403)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _take(request, form)
    return _page(request, form)


def _refusal(request: BoroughRequest) -> Refusal | None:
    """Return why no code is taken in this browser.

    Where one of the staff is signed in, nobody begins an account alone; and whoever is signed in
    has one.
    """
    member = staff_here(request)
    if member is not None:
        if request.method == "POST":
            operations.refuse(by=member, reason=Refusal.STAFF_HERE)
        return Refusal.STAFF_HERE
    return Refusal.SIGNED_IN if request.signed_in is not None else None


def _take(request: BoroughRequest, form: CodeForm) -> HttpResponse:
    verdict = hit_all(
        (START_CODE_NETWORK, (network_of(request.META["REMOTE_ADDR"]),)),
        (START_CODE, (request.browser.hash,)),
    )
    if not verdict.allowed:
        return too_many(request, verdict)
    row = queries.typed(form.cleaned_data["code"])
    if row is not None:
        flow = _flow(request)
        if operations.claim(row=row, flow=flow):
            return redirect(flows.address(flow, "signup:start"))
    note_step(request, Refusal.NOT_GOOD)
    form.add_error("code", str(NOT_GOOD))
    return _page(request, form)


def _flow(request: BoroughRequest) -> PendingSignIn:
    """Return the sign-in that this page was reached from, so that it leads back to its service."""
    flow, state = flows.look(request)
    if flow is not None and state is FlowState.OPEN:
        return flow
    if flow is not None and state is FlowState.EXPIRED:
        return flows.begun(request, return_to=flow.return_to, wanted=flows.wanted_by(flow))
    return flows.begun(request, return_to=HOME)


def _page(request: BoroughRequest, form: CodeForm) -> HttpResponse:
    flow, state = flows.look(request)
    is_known = flow is not None and state in {FlowState.OPEN, FlowState.EXPIRED}
    words = {"form": form, "flow": flow if is_known else None}
    return render(request, "accounts/start_codes/start.html", words)
