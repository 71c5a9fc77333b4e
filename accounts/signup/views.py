"""The pages that make the account."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PASSKEY_OPTIONS_NETWORK, SIGN_UP_DETAILS_NETWORK
from accounts.mfa.passkeys import options
from accounts.models import PendingSignUp
from accounts.pages import busy
from accounts.passwords.hash_queue import HashesBusyError
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import flow_problem, too_many
from accounts.signin.rules import FlowState
from accounts.signup import queries, ways
from accounts.signup.confirmation import place
from accounts.signup.confirmation import queries as confirmation
from accounts.signup.confirmation.rules import Standing
from accounts.signup.forms import NOT_FREE, PersonForm
from accounts.signup.operations import NoAccountMadeError
from accounts.signup.rules import Refusal
from accounts.signup.ways import Way
from accounts.start_codes import queries as start_codes
from accounts.start_codes.operations import is_birthday


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: BoroughRequest) -> HttpResponse:
    """Ask for a name and a password, make the account and sign it in."""
    return _show_or_take(request, ways.PASSWORD)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: BoroughRequest) -> HttpResponse:
    """Ask for a name and have the browser make a passkey, make the account and sign it in."""
    return _show_or_take(request, ways.PASSKEY)


@public
@no_page
@require_POST
def ask_passkey(request: BoroughRequest) -> HttpResponse:
    """Give the page's script the wish for a passkey; a form with errors gets none, but its page."""
    if not hit(PASSKEY_OPTIONS_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    sign_up = _open_sign_up(request)
    if isinstance(sign_up, HttpResponse):
        return JsonResponse({}, status=404)
    form = _form(request, sign_up, ways.PASSKEY)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    own_name = form.cleaned_data.get("sign_in_name") or sign_up.address
    wish = options.for_sign_up(
        request.browser,
        name=options.neutral_name() if form.cleaned_data["is_neutral"] else own_name,
        is_shared_device=sign_up.flow.is_shared_device,
    )
    return JsonResponse(wish)


def _open_sign_up(request: BoroughRequest) -> PendingSignUp | HttpResponse:
    sign_up = place.asked_for(request)
    standing = confirmation.standing(sign_up) if sign_up else None
    if sign_up is None or standing not in {Standing.WAITING, Standing.CONFIRMED}:
        return place.ended(request, standing)
    if standing is Standing.WAITING:
        return redirect(place.address(sign_up, "signup:check_email"))
    if sign_up.completed_at is not None:
        return flow_problem(request, FlowState.DONE)
    return sign_up


def _show_or_take(request: BoroughRequest, way: Way) -> HttpResponse:
    sign_up = _open_sign_up(request)
    if isinstance(sign_up, HttpResponse):
        return sign_up
    if request.method != "POST":
        return _page(request, sign_up, way, _form(request, sign_up, way))
    return _take(request, sign_up, way)


def _take(request: BoroughRequest, sign_up: PendingSignUp, way: Way) -> HttpResponse:
    verdict = hit(SIGN_UP_DETAILS_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        return too_many(request, verdict)
    form = _form(request, sign_up, way)
    if not form.is_valid():
        return _show_errors(request, sign_up, way, form)
    return _make(request, sign_up, way, form)


def _make(
    request: BoroughRequest, sign_up: PendingSignUp, way: Way, form: PersonForm
) -> HttpResponse:
    try:
        made = way.make(request, sign_up, form.cleaned_data)
        return flows.prove(
            request,
            flow=sign_up.flow,
            account=made.account,
            method=made.method,
            authenticator=made.authenticator,
        )
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_page(request, sign_up, way, form), error)
    except ways.NothingToSignInByError as error:
        form.add_error(None, str(error.words))
        return _show_errors(request, sign_up, way, form)
    except NoAccountMadeError as error:
        return _refuse(request, sign_up, way, error.reason)
    except flows.FlowDoneError:
        return flow_problem(request, FlowState.DONE)


def _show_errors(
    request: BoroughRequest, sign_up: PendingSignUp, way: Way, form: PersonForm
) -> HttpResponse:
    # A second click: the first may have made the account since, and so the need for another name.
    sign_up.refresh_from_db(fields=["completed_at"])
    if sign_up.completed_at is not None:
        return flow_problem(request, FlowState.DONE)
    return _page(request, sign_up, way, form)


def _refuse(
    request: BoroughRequest, sign_up: PendingSignUp, way: Way, reason: Refusal
) -> HttpResponse:
    note_step(request, reason)
    if reason is Refusal.ALREADY_MADE:
        return flow_problem(request, FlowState.DONE)
    if reason in NOT_FREE:
        # Made anew: by now the form may have to ask for a name.
        form = _form(request, sign_up, way)
        field, words = NOT_FREE[reason]
        if form.is_valid() or reason is Refusal.START_CODE_ENDED:
            form.add_error(field, str(words))
        return _page(request, sign_up, way, form)
    return render(request, "accounts/signup/address_full.html", {"sign_up": sign_up}, status=409)


def _form(request: BoroughRequest, sign_up: PendingSignUp, way: Way) -> PersonForm:
    return way.form(
        request.POST if request.method == "POST" else None,
        address=sign_up.address,
        needs_own_name=queries.needs_own_name(sign_up),
        is_birthday=_is_birthday(sign_up),
    )


def _is_birthday(sign_up: PendingSignUp) -> Callable[[date], bool] | None:
    """Return what says whether a date of birth stood on the papers that our staff saw, if any."""
    code = start_codes.of_flow(sign_up.flow)
    if code is None or not code.evidence:
        return None
    return lambda born: is_birthday(row=code, born=born)


def _page(
    request: BoroughRequest, sign_up: PendingSignUp, way: Way, form: PersonForm
) -> HttpResponse:
    words = {
        "form": form,
        "sign_up": sign_up,
        "by_password": place.address(sign_up, "signup:details"),
        "by_passkey": place.address(sign_up, "signup:passkey"),
        "options": place.address(sign_up, "signup:passkey_options"),
        "is_shared_device": sign_up.flow.is_shared_device,
    }
    page = render(request, f"accounts/signup/{way.template}.html", words)
    return flows.allow_form_action(page, sign_up.flow)
