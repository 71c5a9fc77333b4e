"""The page on which a test resident is chosen."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.assurance import Method, Proof
from accounts.audit.actor import resident as acting
from accounts.mfa.queries import Kind
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import progress
from clients.models import Member, TestResident
from clients.test_residents import operations, page
from idp.models import AuthorizationRequest
from idp.oidc.authorize import response, situation, steps, verifier
from idp.oidc.authorize.decorators import with_stored_request
from idp.oidc.authorize.next_step import SignIn
from idp.oidc.authorize.verifier import StepName
from idp.oidc.test_residents.forms import ChoiceForm


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def choose(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponseBase:
    """Let a member choose a test resident, and sign in as them."""
    member = steps.tries_out(request, row)
    step = situation.of(row, request.signed_in).step
    if member is None or not isinstance(step, SignIn):
        return steps.back(row)
    residents = operations.make_all(organisation=member.organisation, by=acting(member.account))
    posted = request.POST if request.method == "POST" else None
    form = ChoiceForm(posted, page.listed(residents))
    if posted is not None and not verifier.fits(
        request, row, StepName.TEST_RESIDENT, request.tries_out
    ):
        return steps.back(row)
    if posted is not None and posted.get("decision") == "type":
        return response.see_other(steps.sign_in(request, row, reason=step.reason))
    if form.is_valid():
        chosen = {one.pk: one for one in residents}[form.cleaned_data["resident"]]
        return _signed_in(request, row, step, chosen)
    return _page(request, row, member, form)


def _page(
    request: BoroughRequest, row: AuthorizationRequest, member: Member, form: ChoiceForm
) -> HttpResponse:
    words = {
        "row": row,
        "member": member,
        "form": form,
        "verifier": verifier.make(row, StepName.TEST_RESIDENT, request.tries_out),
    }
    return response.allow_way_back(render(request, "idp/test_residents/choose.html", words), row)


def _signed_in(
    request: BoroughRequest, row: AuthorizationRequest, step: SignIn, chosen: TestResident
) -> HttpResponse:
    """Go through the sign-in as if both had been typed: what stops it there, stops it here."""
    pending = steps.begun_sign_in(request, row, reason=step.reason)
    account = chosen.account
    try:
        password = Proof(Method.PASSWORD, timezone.now())
        pending = progress.add(flow=pending, account=account, proof=password)
        app = account.authenticators.get(kind=Kind.APP)
        return flows.prove(
            request, flow=pending, account=account, method=Method.APP, authenticator=app.pk
        )
    except (AccountChangedError, flows.FlowDoneError):
        # The test resident was renewed meanwhile, or another tab was quicker.
        return steps.back(row)
