"""One page that asks for a passkey or a security key: showing it, and taking the answer."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PASSKEY_NETWORK, PASSKEY_OPTIONS_NETWORK
from accounts.mfa.passkeys import options
from accounts.mfa.passkeys.operations import Asked, check_assertion
from accounts.mfa.queries import METHOD_OF, Kind
from accounts.models import Account, Authenticator, Challenge, PendingSignIn
from accounts.passwords.operations import vouched
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import progress, refusals
from accounts.signin.rules import FlowState, Next
from accounts.signin.second_step.code_page import remember_device
from accounts.signin.second_step.forms import KeyForm
from accounts.signin.second_step.offers import offers
from accounts.signin.second_step.operations import Refusal

# The field that the page's script fills in.
ANSWER = "passkey"


@dataclass(frozen=True)
class KeyPage:
    """Which kind of key the page is for, its template, and where its script finds the question."""

    kind: Kind
    template: str
    options: str

    @property
    def method(self) -> Method:
        """What such a key proves by."""
        return METHOD_OF[self.kind]


def show_or_take(request: BoroughRequest, page: KeyPage) -> HttpResponse:
    """Show the page of a pending sign-in that needs its second step, or take the key's answer."""
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    account = _owner(flow, page)
    if account is None:
        # Opened by its address before the first step, too long after it, or without such a key.
        return redirect(flows.address(flow, "signin:go_on"))
    if request.method != "POST":
        return _page(request, page, flow, _form(flow, account, page))
    return _take(request, page, flow, account)


def ask(request: BoroughRequest, page: KeyPage) -> HttpResponse:
    """Give the page's script the question; to nobody who has not taken the first step."""
    network = network_of(request.META["REMOTE_ADDR"])
    if not hit(PASSKEY_OPTIONS_NETWORK, network).allowed:
        return JsonResponse({}, status=429)
    flow = flows.current(request, also_made_up=True)
    account = _owner(flow, page) if flow is not None else None
    if account is None:
        return JsonResponse({}, status=404)
    question = options.for_second_step(request.browser, account=account, kind=page.kind)
    return JsonResponse(question)


def _owner(flow: PendingSignIn, page: KeyPage) -> Account | None:
    account = flow.account
    if account is None or progress.needed(flow, remembered=False) is not Next.SECOND_STEP:
        return None
    return account if page.method in {offer.method for offer in offers(flow, account)} else None


def _take(
    request: BoroughRequest, page: KeyPage, flow: PendingSignIn, account: Account
) -> HttpResponse:
    verdict = hit(PASSKEY_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        return refusals.too_many(request, verdict)
    form = _form(flow, account, page, request)
    asked = Asked(Challenge.Purpose.SECOND_STEP, request.browser, page.kind, account)
    answer = request.POST.get(ANSWER, "")
    way = check_assertion(answer=answer, asked=asked, by=resident(account)).authenticator
    if way is None or not form.is_valid():
        note_step(request, Refusal.NOT_RIGHT)
        form.add_error(None, str(form.NOT_RIGHT))
        return _page(request, page, flow, form)
    vouched(account, changed_at=flow.password_changed_at)
    return _go_on(request, flow, way, remember=form.cleaned_data.get("remember", False))


def _go_on(
    request: BoroughRequest, flow: PendingSignIn, way: Authenticator, *, remember: bool
) -> HttpResponse:
    try:
        response = flows.prove(
            request,
            flow=flow,
            account=way.account,
            method=METHOD_OF[Kind(way.kind)],
            authenticator=way.pk,
        )
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, flow)
    except AccountChangedError:
        return redirect(flows.address(flow))
    if remember:
        remember_device(request, response, way.account)
    return response


def _form(
    flow: PendingSignIn, account: Account, page: KeyPage, request: BoroughRequest | None = None
) -> KeyForm:
    # A passkey is never asked for behind a password but to reach a level: nothing to spare.
    is_own = not flow.is_shared_device and flow.test_group is None
    may_remember = page.kind == Kind.SECURITY_KEY and is_own
    typed = request.POST if request is not None else None
    return KeyForm(typed, account=account, may_remember=may_remember)


def _page(
    request: BoroughRequest, page: KeyPage, flow: PendingSignIn, form: KeyForm
) -> HttpResponse:
    words = {
        "form": form,
        "flow": flow,
        "options": page.options,
        "others": [o for o in offers(flow, form.account) if o.method is not page.method],
    }
    template = f"accounts/signin/second_step/{page.template}.html"
    return flows.allow_form_action(render(request, template, words), flow)
