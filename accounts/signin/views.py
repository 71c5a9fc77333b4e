"""The sign-in page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.assurance import Method
from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.rules import network_of
from accounts.models import PendingSignIn
from accounts.pages import busy
from accounts.passwords.hash_queue import HashesBusyError
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import operations, progress, refusals
from accounts.signin.flow import Wanted
from accounts.signin.forms import NOT_RIGHT, PASSKEY_NOT_RIGHT, PasskeySignInForm, SignInForm
from accounts.signin.operations import Outcome, Place, Refusal
from accounts.signin.passkeys import views as passkeys
from accounts.signin.rules import FlowState, Step, is_local_path, usable_hint


@public
@counts_itself
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: BoroughRequest) -> HttpResponse:
    """Show the form of a pending sign-in, or take what was typed into it."""
    if request.method != "POST" and "flow" not in request.GET:
        return _begin(request)
    flow, state = flows.look(request, also_made_up=True)
    if flow is not None and state is FlowState.EXPIRED and request.method == "POST":
        return _once_more(request, flow)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    if request.method == "POST":
        progress.note_shared(flow, is_shared="shared_device" in request.POST)
        take = _take_passkey if request.POST.get(passkeys.ANSWER) else _take
        return take(request, flow)
    if flows.is_met(flow, request.signed_in):
        return redirect(flow.return_to)
    initial = {"sign_in_name": flow.login_hint, "shared_device": flow.is_shared_device}
    return _page(request, flow, SignInForm(initial=initial))


@public
@no_page
@require_safe
def go_on(request: BoroughRequest) -> HttpResponse:
    """Lead a pending sign-in on to what it needs now."""
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    try:
        return flows.go_on(request, flow)
    except (flows.FlowDoneError, AccountChangedError):
        return redirect(flow.return_to)


def _once_more(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse:
    """Show the form of a new sign-in to whoever filled in one that was open for too long."""
    note_step(request, FlowState.EXPIRED)
    flow.is_shared_device = flow.is_shared_device or "shared_device" in request.POST
    typed = "" if flow.is_shared_device else request.POST.get("sign_in_name", "")
    flow.login_hint = usable_hint(typed)
    return redirect(f"{flows.renew(request, flow)}&late=yes")


def _begin(request: BoroughRequest) -> HttpResponse:
    """Send to where the visitor wanted to go, by way of a sign-in unless there was one."""
    asked = request.GET.get("return_to", "")
    return_to = asked if is_local_path(asked) else refusals.HOME
    if request.GET.get("again") == "fully":
        return redirect(flows.begin(request, return_to=return_to, wanted=_all_anew(request)))
    if request.signed_in is not None:
        return redirect(return_to)
    return redirect(flows.begin(request, return_to=return_to))


def _all_anew(request: BoroughRequest) -> Wanted:
    session = request.signed_in
    # Whoever comes next at a shared device does not read who was there before.
    known = session is not None and not session.is_shared_device
    hint = session.account.sign_in_name if session is not None and known else ""
    return Wanted(at_highest_level=True, remembered_device_will_do=False, login_hint=hint)


def _take(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        note_step(request, Step.INCOMPLETE)
        return _page(request, flow, form)
    try:
        outcome = operations.check_password(
            name=form.cleaned_data["sign_in_name"],
            password=form.cleaned_data["password"],
            place=Place(network_of(request.META["REMOTE_ADDR"]), request.browser.hash, flow),
            by=ANONYMOUS,
        )
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_page(request, flow, form), error)
    if outcome.account is None:
        return _refuse(request, flow, form, outcome)
    try:
        return flows.prove(request, flow=flow, account=outcome.account, method=Method.PASSWORD)
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, flow)
    except AccountChangedError:
        return _refuse(request, flow, form, Outcome(refusal=Refusal.NOT_RIGHT))


def _take_passkey(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse:
    answer = passkeys.take(request, flow)
    if answer is not None:
        return answer
    form = PasskeySignInForm(request.POST)
    form.add_error(None, PASSKEY_NOT_RIGHT)
    return _page(request, flow, form)


def _refuse(
    request: BoroughRequest, flow: PendingSignIn, form: SignInForm, outcome: Outcome
) -> HttpResponse:
    # With a passkey there may be none.
    name = form.data.get("sign_in_name", "")
    if outcome.refusal is Refusal.TOO_MANY_TRIES:
        return refusals.too_many_passwords(request, flow, name, outcome.verdict)
    if outcome.refusal is Refusal.ANOTHER_WAY:
        return refusals.another_way(request, flow, name, outcome.verdict)
    if outcome.refusal in {Refusal.SUSPENDED, Refusal.CLOSED, Refusal.SET_ASIDE}:
        return refusals.account_not_usable(request, outcome.refusal)
    note_step(request, Refusal.NOT_RIGHT)
    form.add_error("password", NOT_RIGHT)
    return _page(request, flow, form)


def _page(request: BoroughRequest, flow: PendingSignIn, form: SignInForm) -> HttpResponse:
    if flow.is_shared_device:
        form.forget_name()
    context = {"flow": flow, "form": form, "again": request.signed_in is not None}
    response = render(request, "accounts/signin/sign_in.html", context)
    return flows.allow_form_action(response, flow)
