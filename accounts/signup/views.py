"""The page that makes the account."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.assurance import Method
from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import SIGN_UP_DETAILS_NETWORK
from accounts.models import PendingSignUp
from accounts.pages import busy
from accounts.passwords.hash_queue import HashesBusyError
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import flow_problem, too_many
from accounts.signin.rules import FlowState
from accounts.signup import operations, queries
from accounts.signup.confirmation import place
from accounts.signup.confirmation import queries as confirmation
from accounts.signup.confirmation.rules import Standing
from accounts.signup.forms import NAME_TAKEN, DetailsForm
from accounts.signup.operations import NoAccountMadeError
from accounts.signup.rules import Refusal


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: BoroughRequest) -> HttpResponse:
    """Ask for a name and a password, make the account and sign it in."""
    sign_up = place.asked_for(request)
    standing = confirmation.standing(sign_up) if sign_up else None
    if sign_up is None or standing not in {Standing.WAITING, Standing.CONFIRMED}:
        return place.ended(request, standing)
    if standing is Standing.WAITING:
        return redirect(place.address(sign_up, "signup:check_email"))
    if sign_up.completed_at is not None:
        return flow_problem(request, FlowState.DONE)
    if request.method != "POST":
        return _page(request, sign_up, _form(request, sign_up))
    return _take(request, sign_up)


def _take(request: BoroughRequest, sign_up: PendingSignUp) -> HttpResponse:
    verdict = hit(SIGN_UP_DETAILS_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        return too_many(request, verdict)
    form = _form(request, sign_up)
    if not form.is_valid():
        return _show_errors(request, sign_up, form)
    try:
        account = operations.complete(
            sign_up_id=sign_up.pk,
            full_name=form.cleaned_data["full_name"],
            password=form.cleaned_data["password"],
            sign_in_name=form.cleaned_data.get("sign_in_name", ""),
            by=ANONYMOUS,
        )
        return flows.prove(request, flow=sign_up.flow, account=account, method=Method.PASSWORD)
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_page(request, sign_up, form), error)
    except NoAccountMadeError as error:
        return _refuse(request, sign_up, error.reason)
    except flows.FlowDoneError:
        return flow_problem(request, FlowState.DONE)


def _show_errors(
    request: BoroughRequest, sign_up: PendingSignUp, form: DetailsForm
) -> HttpResponse:
    # A second click: the first may have made the account since, and so the need for another name.
    sign_up.refresh_from_db(fields=["completed_at"])
    if sign_up.completed_at is not None:
        return flow_problem(request, FlowState.DONE)
    return _page(request, sign_up, form)


def _refuse(request: BoroughRequest, sign_up: PendingSignUp, reason: Refusal) -> HttpResponse:
    note_step(request, reason)
    if reason is Refusal.ALREADY_MADE:
        return flow_problem(request, FlowState.DONE)
    if reason is Refusal.NAME_TAKEN:
        # Made anew: by now the form may have to ask for a name.
        form = _form(request, sign_up)
        if form.is_valid():
            form.add_error("sign_in_name", str(NAME_TAKEN))
        return _page(request, sign_up, form)
    return render(request, "accounts/signup/address_full.html", {"sign_up": sign_up}, status=409)


def _form(request: BoroughRequest, sign_up: PendingSignUp) -> DetailsForm:
    return DetailsForm(
        request.POST if request.method == "POST" else None,
        address=sign_up.address,
        needs_own_name=queries.needs_own_name(sign_up),
    )


def _page(request: BoroughRequest, sign_up: PendingSignUp, form: DetailsForm) -> HttpResponse:
    words = {"form": form, "sign_up": sign_up}
    page = render(request, "accounts/signup/details.html", words)
    return flows.allow_form_action(page, sign_up.flow)
