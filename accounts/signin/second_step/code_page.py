"""One page that asks for a code: showing it, and taking what was typed."""

from dataclasses import dataclass
from math import ceil

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.assurance import PASSING, Method
from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.limits.rules import network_of
from accounts.models import Account, PendingSignIn
from accounts.pages.browser_kind import browser_words
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.sessions.remembered import cookie
from accounts.sessions.remembered.operations import remember
from accounts.sessions.remembered.queries import find
from accounts.signin import flow as flows
from accounts.signin import progress, refusals
from accounts.signin.rules import FlowState, Next
from accounts.signin.second_step import operations, wording
from accounts.signin.second_step.forms import CodeForm
from accounts.signin.second_step.offers import offers
from accounts.signin.second_step.operations import Outcome, Refusal
from accounts.signin.second_step.tries import Place, has_mailbox


@dataclass(frozen=True)
class CodePage:
    """Which way to sign in the page is for, its template and its form."""

    method: Method
    template: str
    form: type[CodeForm]


@dataclass(frozen=True)
class Asked:
    """A pending sign-in that waits for a code of this account."""

    flow: PendingSignIn
    account: Account


def asked(request: BoroughRequest, page: CodePage) -> Asked | HttpResponse:
    """Return what the page asks for a code for, or where to go on instead."""
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    account = flow.account
    if account is None or progress.needed(flow, remembered=False) is not Next.SECOND_STEP:
        # Opened by its address before the first step, or too long after it.
        return redirect(flows.address(flow, "signin:go_on"))
    if page.method not in {offer.method for offer in offers(flow, account)}:
        return redirect(flows.address(flow, "signin:second_step"))
    return Asked(flow, account)


def show_or_take(request: BoroughRequest, page: CodePage) -> HttpResponse:
    """Show the page of a pending sign-in that needs its second step, or take the code."""
    found = asked(request, page)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return _page(request, page, found.flow, _form(page, found.flow, found.account))
    return _take(request, page, found.flow, found.account)


def _form(
    page: CodePage, flow: PendingSignIn, account: Account, request: BoroughRequest | None = None
) -> CodeForm:
    # A code that is kept for the day when all else is lost shows nothing of this device.
    may_remember = _may_remember(flow) and page.method not in PASSING
    typed = request.POST if request is not None else None
    return page.form(typed, account=account, may_remember=may_remember, browser=flow.browser_hash)


def _may_remember(flow: PendingSignIn) -> bool:
    return not flow.is_shared_device and flow.test_group is None


def _take(
    request: BoroughRequest, page: CodePage, flow: PendingSignIn, account: Account
) -> HttpResponse:
    form = _form(page, flow, account, request)
    if not form.is_valid():
        return _page(request, page, flow, form)
    outcome = operations.check_code(
        account=account,
        method=page.method,
        code=form.cleaned_data["code"],
        place=place_of(request, flow, account),
        by=resident(account),
    )
    if outcome.way is None:
        return _refuse(request, page, flow, outcome)
    try:
        response = flows.prove(
            request, flow=flow, account=account, method=page.method, authenticator=outcome.way.pk
        )
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, flow)
    except AccountChangedError:
        return redirect(flows.address(flow))
    if form.cleaned_data.get("remember"):
        remember_device(request, response, account)
    return response


def place_of(request: BoroughRequest, flow: PendingSignIn, account: Account) -> Place:
    """Return where the request comes from, as limits tell people apart."""
    device = None if flow.is_shared_device else find(account, cookie.values(request))
    # The cookie of a remembered browser outlasts the one that names a browser.
    browser = str(device.pk) if device else request.browser.hash
    network = network_of(request.META["REMOTE_ADDR"])
    return Place(network, browser, flow, is_remembered=device is not None)


def remember_device(request: BoroughRequest, response: HttpResponse, account: Account) -> None:
    """Ask for no second step in this browser for a while."""
    kind = browser_words(request.headers.get("User-Agent", ""))
    value = remember(account=account, started_on=kind, by=resident(account))
    cookie.attach(request, response, value)


def _refuse(
    request: BoroughRequest, page: CodePage, flow: PendingSignIn, outcome: Outcome
) -> HttpResponse:
    note_step(request, outcome.refusal or Refusal.NOT_RIGHT)
    if flow.account is None:
        return redirect(flows.address(flow))
    # Made anew: which code of a sheet is asked for may be another one by now.
    form = _form(page, flow, flow.account, request)
    if outcome.refusal is not Refusal.TOO_MANY_TRIES:
        form.add_error("code", form.NOT_RIGHT)
        return _page(request, page, flow, form)
    form.add_error(None, wording.too_many(outcome.verdict.wait))
    mail_to = "" if has_mailbox(flow.account, flow) else flow.account.sign_in_name
    response = _page(request, page, flow, form, mail_to=mail_to)
    response.status_code = 429
    response["Retry-After"] = str(ceil(outcome.verdict.wait.total_seconds()))
    return response


def _page(
    request: BoroughRequest,
    page: CodePage,
    flow: PendingSignIn,
    form: CodeForm,
    mail_to: str = "",
) -> HttpResponse:
    offered = offers(flow, form.account)
    words = {
        "mail_to": mail_to,
        "form": form,
        "flow": flow,
        "others": [offer for offer in offered if offer.method is not page.method],
    }
    template = f"accounts/signin/second_step/{page.template}.html"
    return flows.allow_form_action(render(request, template, words), flow)
