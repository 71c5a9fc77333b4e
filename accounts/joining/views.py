"""The pages of joining two accounts."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.joining import operations, queries
from accounts.joining.forms import OTHER, KeepForm
from accounts.joining.operations import NotJoinedError
from accounts.joining.rules import Refusal
from accounts.joining.wording import EXPLANATIONS
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import PendingSignIn
from accounts.pages import errors
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.flow import Wanted

# Somebody else's sign-in name must not stand in the form, nor may a remembered device do.
_OTHER = Wanted(
    as_someone_else=True, at_highest_level=True, remembered_device_will_do=False, beside=True
)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: BoroughRequest) -> HttpResponse:
    """Say what joining does, and have the other account proved."""
    if request.method == "POST":
        choose_page = reverse("joining:choose")
        return redirect(flows.begin(request, return_to=choose_page, wanted=_OTHER))
    words = {"account": session_of(request).account}
    return render(request, "accounts/joining/start.html", words)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest) -> HttpResponse:
    """Ask which account goes on, and close the other."""
    session = session_of(request)
    flow_id = request.GET.get("flow", "")
    proof = queries.proof_of_other(session, request.browser, flow_id)
    if proof is None or proof.account is None:
        return redirect("joining:start")
    refusal = queries.refusal_of(session, proof)
    if refusal is not None:
        return _refused(request, refusal)
    data = request.POST if request.method == "POST" else None
    form = refill(request, KeepForm(data, mine=session.account, other=proof.account))
    if form.is_valid():
        return _join(request, proof, keep_other=form.cleaned_data["keep"] == OTHER)
    return render(request, "accounts/joining/choose.html", {"form": form})


@freshly_signed_in
@require_safe
def done(request: BoroughRequest) -> HttpResponse:
    """Say which accounts were joined into this one, and which services must be told.

    Some of them may be ones that nobody else should see here.
    """
    account = session_of(request).account
    joined = [(closed, queries.services_of(closed)) for closed in queries.joined_into(account)]
    words = {"account": account, "joined": joined, "exit_this_page": True}
    return render(request, "accounts/joining/done.html", words)


def _join(request: BoroughRequest, proof: PendingSignIn, *, keep_other: bool) -> HttpResponse:
    session = session_of(request)
    try:
        operations.join(
            session=session, proof=proof, keep_other=keep_other, by=resident(session.account)
        )
    except NotJoinedError as refused:
        return _refused(request, refused.reason)
    response = HttpResponseRedirect(reverse("joining:done"), status=303)
    if keep_other:
        detach(response)
    return response


def _refused(request: BoroughRequest, reason: Refusal) -> HttpResponse:
    note_step(request, reason)
    return errors.problem(
        request,
        status=403,
        heading=EXPLANATIONS[reason][0],
        explanation=EXPLANATIONS[reason][1],
    )
