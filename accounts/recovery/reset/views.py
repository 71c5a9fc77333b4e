"""The pages for a new password."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import RESET_LINK_NETWORK, RESET_NETWORK
from accounts.notices.catalogue import RESET_LINK
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.pages import busy
from accounts.passwords.hash_queue import HashesBusyError
from accounts.recovery.behind_link import Behind, time_left
from accounts.recovery.forms import NameForm, NewPasswordForm
from accounts.recovery.mails import is_outlived
from accounts.recovery.reset import operations, queries
from accounts.recovery.reset.rules import Outcome
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import too_many


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: BoroughRequest) -> HttpResponse:
    """Ask whose password it is."""
    flow = flows.current(request)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _request(request, form.cleaned_data["sign_in_name"])
    words = {"form": form, "flow": flow, "sign_in_url": _sign_in(request)}
    return render(request, "accounts/recovery/start.html", words)


def _request(request: BoroughRequest, typed: str) -> HttpResponse:
    network = network_of(request.META["REMOTE_ADDR"])
    verdict = hit(RESET_NETWORK, network)
    if not verdict.allowed:
        return too_many(request, verdict)
    operations.request_reset(typed=typed, by=ANONYMOUS)
    flow = flows.current(request)
    return redirect(flows.address(flow, "recovery:sent") if flow else reverse("recovery:sent"))


@public
@require_safe
def sent(request: BoroughRequest) -> HttpResponse:
    """Say that a mail is on its way, whether or not there is an account."""
    return render(request, "accounts/recovery/sent.html", {"sign_in_url": _sign_in(request)})


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask for the new password; opening the page changes nothing, as mail scanners do that."""
    if request.method == "POST":
        verdict = hit(RESET_LINK_NETWORK, network_of(request.META["REMOTE_ADDR"]))
        if not verdict.allowed:
            return too_many(request, verdict)
    found = find_link(RESET_LINK, token, request.browser)
    message = found.message
    account = message.account if message else None
    if found.state is not LinkState.GOOD or message is None or account is None:
        return _dead(request, found.state)
    if not queries.may_have_link(account, message):
        too_old = is_outlived(account, message)
        return _dead(request, LinkState.EXPIRED if too_old else found.state)
    return _ask(request, token, Behind(message, account, found))


def _ask(request: BoroughRequest, token: str, found: Behind) -> HttpResponse:
    form = NewPasswordForm(request.POST or None, account=found.account)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = operations.reset_password(
                token=token,
                password=form.cleaned_data["password"],
                browser=request.browser,
                by=ANONYMOUS,
            )
        except HashesBusyError as error:
            busy.note_in(form, error)
            return busy.answer(_question(request, token, found, form), error)
        if outcome is Outcome.LINK_DEAD:
            return _dead(request, LinkState.USED)
        return redirect("recovery:done")
    return _question(request, token, found, form)


def _question(
    request: BoroughRequest, token: str, found: Behind, form: NewPasswordForm
) -> HttpResponse:
    time = time_left(found.link, "recovery:reset_more_time", token)
    words = {"form": form, "account": found.account, **time}
    return render(request, "accounts/recovery/new_password.html", words)


@public
@require_safe
def done(request: BoroughRequest) -> HttpResponse:
    """Say that the password is changed and that nobody is signed in by that."""
    return render(request, "accounts/recovery/done.html", {"sign_in_url": flows.start_address()})


def _dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    note_step(request, state)
    return render(request, "accounts/recovery/link_dead.html", {"state": state}, status=404)


def _sign_in(request: BoroughRequest) -> str:
    flow = flows.current(request)
    return flows.address(flow) if flow else flows.start_address()
