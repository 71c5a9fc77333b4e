"""The second step: where it leads to, and one page for each way."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.assurance import Method
from accounts.pages import errors
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin import refusals
from accounts.signin.rules import FlowState
from accounts.signin.second_step import text_page
from accounts.signin.second_step.code_page import CodePage, show_or_take
from accounts.signin.second_step.forms import AppCodeForm, RecoveryCodeForm, SheetCodeForm
from accounts.signin.second_step.offers import offers
from accounts.signin.second_step.text_page import TEXT_MESSAGE


@public
@no_page
@require_safe
def second_step(request: BoroughRequest) -> HttpResponse:
    """Lead to the page of the way that this account used last."""
    flow, state = flows.look(request, also_made_up=True)
    if flow is None or state is not FlowState.OPEN:
        return refusals.flow_problem(request, state, flow)
    if flow.account is None:
        return redirect(flows.address(flow))
    offered = offers(flow, flow.account)
    if offered:
        return redirect(flows.address(flow, offered[0].page))
    return errors.problem(
        request,
        status=403,
        heading=_("You cannot go on here with this account"),
        explanation=_("None of its ways to sign in can be used on this page."),
        next_steps=[_("Call us, and we will help you to get back in.")],
    )


@public
@counts_itself
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: BoroughRequest) -> HttpResponse:
    """Ask for the code that the account's app shows."""
    return show_or_take(request, CodePage(Method.APP, "app", AppCodeForm))


@public
@counts_itself
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code_sheet(request: BoroughRequest) -> HttpResponse:
    """Ask for one code of the account's printed sheet, by its number."""
    return show_or_take(request, CodePage(Method.CODE_SHEET, "code_sheet", SheetCodeForm))


@public
@counts_itself
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_code(request: BoroughRequest) -> HttpResponse:
    """Ask for one of the account's recovery codes."""
    return show_or_take(request, CodePage(Method.RECOVERY_CODE, "recovery_code", RecoveryCodeForm))


@public
@counts_itself
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def text_message(request: BoroughRequest) -> HttpResponse:
    """Offer a text message to the account's phone, and ask for its code once one was sent."""
    return show_or_take(request, TEXT_MESSAGE)


@public
@no_page
@require_POST
def send_text(request: BoroughRequest) -> HttpResponse:
    """Send a text message, whose code alone works from now on."""
    return text_page.send(request)
