"""The pages from an address to a confirmed address, in the browser that asks."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import ANONYMOUS
from accounts.council import queries as council
from accounts.help_codes.trail import note_step
from accounts.limits.operations import Verdict, hit, hit_all
from accounts.limits.rules import network_of
from accounts.limits.table import (
    SIGN_UP_CODE,
    SIGN_UP_CODE_NETWORK,
    SIGN_UP_MAIL,
    SIGN_UP_MAIL_DAILY,
    SIGN_UP_NETWORK,
)
from accounts.mailbox.forms import CodeForm
from accounts.mailbox.rules import CodeOutcome
from accounts.mailbox.wording import WRONG_CODE
from accounts.models import PendingSignIn, PendingSignUp
from accounts.models.email_address import address_key
from accounts.pages.browser_kind import browser_words
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import HOME, flow_problem, too_many
from accounts.signin.rules import FlowState, usable_hint
from accounts.signup.confirmation import operations, place, queries
from accounts.signup.confirmation.forms import EmailForm
from accounts.signup.confirmation.rules import Beginning, Standing
from accounts.start_codes import operations as start_codes
from accounts.start_codes.queries import of_flow


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: BoroughRequest) -> HttpResponse:
    """Ask for the address."""
    if request.method != "POST" and "flow" not in request.GET:
        return _without_flow(request)
    flow, state = flows.look(request)
    if flow is not None and state is FlowState.EXPIRED and request.method == "POST":
        return _once_more(request, flow)
    if flow is None or state is not FlowState.OPEN:
        return flow_problem(request, state, flow)
    if not council.is_open() and flow.return_to not in _before_opening():
        return _not_open(request)
    # A hint may be what the last person at a shared device typed.
    hint = flow.login_hint if "@" in flow.login_hint and not flow.is_shared_device else ""
    form = EmailForm(request.POST or None, initial={"email": hint})
    if request.method == "POST" and form.is_valid():
        return _begin(request, flow, form.cleaned_data["email"])
    words = {
        "form": form,
        "flow": flow,
        "minimum_age": settings.MINIMUM_AGE,
        "has_start_code": of_flow(flow) is not None,
    }
    return render(request, "accounts/signup/start.html", words)


def _before_opening() -> set[str]:
    """Return where those who get services ready are bound for: they come before residents do."""
    return {reverse(name) for name in settings.SIGN_UP_BEFORE_OPENING}


def _not_open(request: BoroughRequest) -> HttpResponse:
    """Say when residents can create accounts; who has a confirmed address already goes on."""
    note_step(request, Beginning.NOT_OPEN)
    words = {"opens_on": council.opens_on()}
    status = 403 if request.method == "POST" else 200
    return render(request, "accounts/signup/not_open.html", words, status=status)


def _once_more(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse:
    """Show the form of a new sign-up to whoever filled in one that was open for too long."""
    note_step(request, FlowState.EXPIRED)
    flow.login_hint = usable_hint(request.POST.get("email", ""))
    wanted = flows.wanted_by(flow)
    again = flows.begun(request, return_to=flow.return_to, wanted=wanted)
    start_codes.move(old=flow, new=again)
    return redirect(
        flows.address(again, "signup:start" if again.stands_on_id is None else "signin:go_on")
    )


def _without_flow(request: BoroughRequest) -> HttpResponse:
    if request.signed_in is not None:
        return redirect(HOME)
    return redirect(flows.begin(request, return_to=HOME, page="signup:start"))


def _begin(request: BoroughRequest, flow: PendingSignIn, address: str) -> HttpResponse:
    verdict = _count_mail(request, address)
    if not verdict.allowed:
        return too_many(request, verdict)
    user_agent = request.headers.get("User-Agent", "")
    sign_up = operations.begin(
        flow=flow, address=address, started_on=browser_words(user_agent), by=ANONYMOUS
    )
    return redirect(place.address(sign_up, "signup:check_email"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check_email(request: BoroughRequest) -> HttpResponse:
    """Wait for the address to be confirmed: here by the code, or anywhere by the link."""
    sign_up = place.asked_for(request)
    standing = queries.standing(sign_up) if sign_up else None
    if sign_up is None or standing not in {Standing.WAITING, Standing.CONFIRMED}:
        return place.ended(request, standing)
    if standing is Standing.CONFIRMED:
        return redirect(place.address(sign_up, "signup:details"))
    if request.method == "POST":
        return _take_code(request, sign_up)
    return _waiting(request, sign_up, CodeForm())


def _take_code(request: BoroughRequest, sign_up: PendingSignUp) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _waiting(request, sign_up, form)
    verdict = hit_all((SIGN_UP_CODE, (sign_up.pk,)), (SIGN_UP_CODE_NETWORK, (_network(request),)))
    if not verdict.allowed:
        return too_many(request, verdict)
    outcome = operations.confirm_by_code(
        sign_up_id=sign_up.pk, code=form.cleaned_data["code"], by=ANONYMOUS
    )
    note_step(request, outcome)
    if outcome in {CodeOutcome.CONFIRMED, CodeOutcome.ENDED}:
        return redirect(request.get_full_path())
    form.add_error("code", str(WRONG_CODE[outcome]))
    return _waiting(request, sign_up, form)


def _waiting(request: BoroughRequest, sign_up: PendingSignUp, form: CodeForm) -> HttpResponse:
    words = {
        "form": form,
        "sign_up": sign_up,
        "sent_again": "again" in request.GET,
        "new_code_url": place.address(sign_up, "signup:new_code"),
        "status_url": place.address(sign_up, "signup:status"),
        "other_address_url": flows.address(sign_up.flow, "signup:start"),
    }
    return render(request, "accounts/signup/check_email.html", words)


@public
@no_page
@require_POST
def new_code(request: BoroughRequest) -> HttpResponse:
    """Send another mail, whose link and code alone work from now on."""
    sign_up = place.asked_for(request)
    if sign_up is None:
        return place.ended(request, None)
    verdict = _count_mail(request, sign_up.address)
    if not verdict.allowed:
        return too_many(request, verdict)
    operations.send_new_code(sign_up_id=sign_up.pk, by=ANONYMOUS)
    return redirect(place.address(sign_up, "signup:check_email", again="yes"))


@public
@no_page
@require_safe
def status(request: BoroughRequest) -> HttpResponse:
    """Tell the waiting page's script where the sign-up stands."""
    sign_up = place.asked_for(request)
    standing = queries.standing(sign_up) if sign_up else Standing.EXPIRED
    return JsonResponse({"standing": standing}, headers={"Cache-Control": "no-store"})


def _count_mail(request: BoroughRequest, address: str) -> Verdict:
    # The network's first: whoever is stopped there shall not fill a stranger's own limit.
    verdict = hit(SIGN_UP_NETWORK, _network(request))
    if not verdict.allowed:
        return verdict
    key = address_key(address)
    return hit_all((SIGN_UP_MAIL, (key,)), (SIGN_UP_MAIL_DAILY, (key,)))


def _network(request: BoroughRequest) -> str:
    return network_of(request.META["REMOTE_ADDR"])
