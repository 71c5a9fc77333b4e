"""Pages for a sign-in that cannot go on; sign-up and recovery show them too."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.help_codes.trail import note_step
from accounts.limits.lifting import is_liftable
from accounts.limits.operations import Verdict
from accounts.models import PendingSignIn
from accounts.pages import errors
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.operations import Refusal
from accounts.signin.rules import FlowState, Step

# The page of whoever signs in from nowhere in particular.
HOME = "/account"


def too_many(request: BoroughRequest, verdict: Verdict) -> HttpResponse:
    """Say until when a limit holds, and which other way there is meanwhile."""
    note_too_many(request, verdict)
    return errors.too_many_requests(request, verdict.wait)


def note_too_many(request: BoroughRequest, verdict: Verdict) -> None:
    """Note in the trail that somebody was stopped, and whether the staff can do anything of it."""
    can_lift = is_liftable(verdict)
    note_step(request, Refusal.TOO_MANY_TRIES if can_lift else Step.ASKED_TO_WAIT)


def too_many_passwords(
    request: BoroughRequest, flow: PendingSignIn, name: str, verdict: Verdict
) -> HttpResponse:
    """Say until when no password of the name is checked here, and offer a mailed code meanwhile."""
    if flow.test_group is not None:
        # Made-up people read no mail.
        return too_many(request, verdict)
    note_too_many(request, verdict)
    template = "accounts/signin/mailed_code/too_many_tries.html"
    words = {"flow": flow, "name": name}
    return errors.too_many_requests(request, verdict.wait, template=template, words=words)


def another_way(
    request: BoroughRequest, flow: PendingSignIn, name: str, verdict: Verdict
) -> HttpResponse:
    """Ask for a mailed code or a passkey before the next password."""
    if flow.test_group is not None:
        return too_many(request, verdict)
    note_step(request, Refusal.ANOTHER_WAY)
    words = {
        **errors.waiting_words(verdict.wait),
        "flow": flow,
        "name": name,
        "sign_in_url": flows.address(flow),
    }
    return render(request, "accounts/signin/mailed_code/another_way.html", words)


def flow_problem(
    request: BoroughRequest, state: FlowState, flow: PendingSignIn | None = None
) -> HttpResponse:
    """Say why this page leads nowhere any more, and lead on to where it would have gone.

    With this browser's own flow in `flow`, starting again leads to the same place.
    """
    note_step(request, state)
    context = {
        "expired": state is FlowState.EXPIRED,
        "signed_in": state is FlowState.DONE and request.signed_in is not None,
        "home": HOME,
        "next_address": flows.renew(request, flow)
        if flow is not None and state is FlowState.EXPIRED
        else flows.start_address(),
    }
    return render(request, "accounts/signin/flow_problem.html", context, status=400)


def account_not_usable(request: BoroughRequest, refusal: Refusal) -> HttpResponse:
    """Say that the account may not be used; only for whoever gave its right password."""
    note_step(request, refusal)
    if refusal is Refusal.SET_ASIDE:
        return _password_set_aside(request)
    if refusal is Refusal.CLOSED:
        heading = _("Your account is closed")
        explanation = _("You can no longer sign in with it.")
    else:
        heading = _("Your account is suspended")
        explanation = _("Nobody can sign in with it for now.")
    return errors.problem(
        request,
        status=403,
        heading=heading,
        explanation=explanation,
        next_steps=[_("Ask us why, and what happens next.")],
    )


def _password_set_aside(request: BoroughRequest) -> HttpResponse:
    explanation = _(
        "Somebody told us that the last change of your password was not yours. It works no more."
    )
    return errors.problem(
        request,
        status=403,
        heading=_("Choose a new password"),
        explanation=explanation,
        next_steps=[
            _("Sign in with a passkey, if you have one."),
            _("On the sign-in page, choose “I have forgotten my password”."),
            _("Or call us, and we will help you to get back in."),
        ],
    )
