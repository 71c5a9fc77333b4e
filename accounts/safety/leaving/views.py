"""The guide's pages: its start, and a page for each question."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.limits.operations import hit
from accounts.limits.table import LEAVING_MAIL
from accounts.models import Leaving
from accounts.pages import errors
from accounts.pages.forms import GovukForm
from accounts.safety.channels import channel_of, services_at
from accounts.safety.decorators import signed_in_by_two
from accounts.safety.leaving import asking, operations, queries, steps
from accounts.safety.leaving.steps import Step
from accounts.safety.wording import EXPLANATIONS
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest


@signed_in_by_two
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: BoroughRequest) -> HttpResponse:
    """Say what the guide does, and begin it."""
    session = session_of(request)
    if request.method == "POST":
        operations.begin(account=session.account, browser=request.browser)
        return redirect("safety:leaving_step", Step.DEVICE)
    refusal = steps.why_no_channels(session)
    explanation = EXPLANATIONS[refusal] if refusal else ""
    words = {"why_no_channels": explanation, "exit_this_page": True}
    return render(request, "accounts/leaving/start.html", words)


@signed_in
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: BoroughRequest, step: str) -> HttpResponse:
    """Ask one question; nothing counts before the last page."""
    session = session_of(request)
    leaving = queries.open_one(session.account, request.browser)
    if leaving is None:
        return redirect("safety:leaving")
    order = steps.order(session, leaving)
    if step not in order:
        return redirect("safety:leaving_check")
    if request.method != "POST":
        form = refill(request, asking.form_of(session, leaving, step))
        return _page(request, order, step, form)
    if "skip" in request.POST:
        operations.skip(leaving=leaving, step=step)
        return _next(request, leaving, step)
    if step == Step.CODE and "again" in request.POST:
        return _send_again(request, leaving)
    form = asking.form_of(session, leaving, step, request.POST)
    return _take(request, leaving, order, step, form)


def _take(
    request: BoroughRequest, leaving: Leaving, order: list[str], step: str, form: GovukForm
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, order, step, form)
    if step == Step.ADDRESS:
        verdict = hit(LEAVING_MAIL, str(leaving.account_id))
        if not verdict.allowed:
            return errors.too_many_requests(request, verdict.wait)
    if not asking.keep(leaving, step, form):
        return _page(request, order, step, form)
    return _next(request, leaving, step)


def _send_again(request: BoroughRequest, leaving: Leaving) -> HttpResponse:
    verdict = hit(LEAVING_MAIL, str(leaving.account_id))
    if not verdict.allowed:
        return errors.too_many_requests(request, verdict.wait)
    operations.choose_address(leaving=leaving, address=leaving.address)
    return redirect("safety:leaving_step", Step.CODE)


def _next(request: BoroughRequest, leaving: Leaving, step: str) -> HttpResponse:
    session = session_of(request)
    leaving.refresh_from_db()
    order = steps.order(session, leaving)
    # A skipped address takes the page of its code away.
    place = order.index(step) if step in order else order.index(Step.ADDRESS)
    if place + 1 == len(order):
        return redirect("safety:leaving_check")
    return redirect("safety:leaving_step", order[place + 1])


def _page(request: BoroughRequest, order: list[str], step: str, form: GovukForm) -> HttpResponse:
    place = order.index(step)
    back = reverse("safety:leaving")
    if place:
        back = reverse("safety:leaving_step", args=[order[place - 1]])
    words = {
        "form": form,
        "question": next(iter(form)).label,
        "number": place + 1,
        "count": len(order) + 1,
        "back_url": back,
        "exit_this_page": True,
        **services_at(channel_of(session_of(request).account, step)),
    }
    page = "code" if step == Step.CODE else "step"
    return render(request, f"accounts/leaving/{page}.html", words)
