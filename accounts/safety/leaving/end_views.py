"""The guide's last page, on which everything is done, and the one after it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.models import Leaving, Session
from accounts.safety.channels import channel_of
from accounts.safety.decorators import signed_in_by_two
from accounts.safety.leaving import doing, queries, steps
from accounts.safety.leaving.rules import NotDoneError
from accounts.safety.leaving.steps import Step
from accounts.safety.leaving.wording import LABELS, REFUSALS, answers
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import public, session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@signed_in_by_two
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: BoroughRequest) -> HttpResponse:
    """Show all that was chosen; on its button, do it at once."""
    session = session_of(request)
    leaving = queries.open_one(session.account, request.browser)
    if leaving is None:
        return redirect("safety:leaving")
    if request.method != "POST":
        return _page(request, leaving)
    try:
        stays = doing.finish(session=session, leaving=leaving, by=resident(session.account))
    except NotDoneError as refused:
        note_step(request, refused.reason)
        return _page(request, leaving, str(REFUSALS[refused.reason]))
    except AccountChangedError:
        return redirect("safety:leaving")
    response = HttpResponseRedirect(reverse("safety:leaving_done"), status=303)
    if not stays:
        detach(response)
    return response


@public
@require_safe
def done(request: BoroughRequest) -> HttpResponse:
    """Say that it is done and what else helps; tells nothing to whoever opens it later."""
    return render(request, "accounts/leaving/done.html", {"exit_this_page": True})


def _page(request: BoroughRequest, leaving: Leaving, problem: str = "") -> HttpResponse:
    session = session_of(request)
    asked = [step for step in steps.order(session, leaving) if step != Step.CODE]
    words = {
        "rows": [_row(session, leaving, step) for step in asked],
        "problem": problem,
        "back_url": reverse("safety:leaving_step", args=[asked[-1]]),
        "exit_this_page": True,
    }
    return render(request, "accounts/leaving/check.html", words)


def _row(session: Session, leaving: Leaving, step: str) -> dict[str, Any]:
    label = LABELS.get(step)
    channel = channel_of(leaving.account, step) if label is None else None
    return {
        "label": channel.shown if channel else str(label),
        "answers": answers(session, leaving, step),
        "url": reverse("safety:leaving_step", args=[step]),
    }
