"""The page that takes the mailed code, and the form that has it sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import Verdict
from accounts.limits.rules import network_of
from accounts.mailbox.forms import CodeForm
from accounts.mailbox.rules import CodeOutcome
from accounts.models import PendingSignIn
from accounts.pages import errors
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin import refusals
from accounts.signin.mailed_code import operations, queries
from accounts.signin.mailed_code.forms import WhomForm
from accounts.signin.mailed_code.wording import WRONG_CODE
from accounts.signin.rules import FlowState


@public
@no_page
@counts_itself
@require_POST
def send_code(request: BoroughRequest) -> HttpResponse:
    """Mail a code, whose page is the same for a name that nobody has."""
    flow, state = flows.look(request)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    again = "again" in request.POST
    # A page that names nobody, on a device that others use, asks for whom it was asked before.
    typed = {"sign_in_name": flow.login_hint} | request.POST.dict() if again else request.POST
    form = WhomForm(typed)
    if not form.is_valid():
        return redirect(flows.address(flow))
    name = form.cleaned_data["sign_in_name"]
    network = network_of(request.META["REMOTE_ADDR"])
    verdict = operations.count_mail(name=name, network=network)
    if not verdict.allowed:
        return _too_many(request, flow, verdict)
    operations.send(flow=flow, name=name, by=ANONYMOUS)
    return redirect(flows.address(flow, "signin:mailed_code") + "&again=yes" * again)


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def mailed_code(request: BoroughRequest) -> HttpResponse:
    """Ask for the code and lead back to the password."""
    flow, state = flows.look(request)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    if queries.newest(flow) is None:
        return redirect(flows.address(flow))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, flow, form)
    outcome = operations.take(flow=flow, code=form.cleaned_data["code"], by=ANONYMOUS)
    note_step(request, outcome)
    if outcome is CodeOutcome.CONFIRMED:
        return redirect(flows.step_address(flow))
    form.add_error("code", str(WRONG_CODE[outcome]))
    return _page(request, flow, form)


def _too_many(request: BoroughRequest, flow: PendingSignIn, verdict: Verdict) -> HttpResponse:
    """Send to the newest mail: its link works for as long as there can be no other."""
    refusals.note_too_many(request, verdict)
    template = "accounts/signin/mailed_code/too_many_mails.html"
    words = {"sign_in_url": flows.address(flow)}
    return errors.too_many_requests(request, verdict.wait, template=template, words=words)


def _page(request: BoroughRequest, flow: PendingSignIn, form: CodeForm) -> HttpResponse:
    words = {
        "form": form,
        "flow": flow,
        "sent_again": "again" in request.GET,
        "sign_in_url": flows.address(flow),
        "is_later_step": flow.account_id is not None,
    }
    return render(request, "accounts/signin/mailed_code/code.html", words)
