"""The authorization endpoint and the page "Continue as …?"."""

from enum import StrEnum

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from accounts.assurance import Level
from accounts.help_codes.context import help_code
from accounts.help_codes.trail import note_step
from accounts.limits.operations import Verdict, hit
from accounts.limits.table import AUTHORIZATION_NETWORK
from accounts.models import Session
from accounts.pages.govuk import help_code_words
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest
from idp.oidc import errors, fapi
from idp.oidc.authorize import operations, pushed, response, situation, steps, stored, verifier
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.client import check_client
from idp.oidc.authorize.checks.table import BOUNDS
from idp.oidc.authorize.decorators import with_stored_request
from idp.oidc.authorize.next_step import ConfirmAccount, SignIn
from idp.oidc.authorize.reasons import Stopped
from idp.oidc.authorize.request import first_error, read, store
from idp.oidc.authorize.verifier import StepName
from idp.oidc.errors import AuthorizationError, ErrorCode, ShownError
from idp.trail import noting


@public
# OIDC Core §3.1.2.1: applications post here from their own pages, which know no token of ours.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def authorize(request: BoroughRequest) -> HttpResponse:
    """Check a new authorization request, store it and take its first step."""
    asked = read(request)
    error = first_error(asked, BOUNDS)
    if error is None and pushed.is_named(asked.parameters):
        return _open_pushed(request, asked)
    error = error or first_error(asked)
    if error is not None:
        return _refuse(request, asked, error)
    verdict = hit(AUTHORIZATION_NETWORK, asked.network)
    if not verdict.allowed:
        return _too_many(request, asked, verdict)
    if request.method == "POST":
        # Our cookies stay behind with a cross-site POST (SameSite=Lax): come back by GET.
        address = stored.address(steps.CONTINUE, store(asked, browser_hash=""))
        return _noted(request, asked, response.see_other(address))
    row = store(asked, browser_hash=request.browser.hash)
    return _noted(request, asked, steps.go_on(request, row))


def _too_many(request: BoroughRequest, asked: Asked, verdict: Verdict) -> HttpResponse:
    page = too_many(request, verdict)
    noting.by_browser(
        request,
        endpoint="authorize",
        status=page.status_code,
        client_id=asked.application.client_id,
        outcome=ErrorCode.TEMPORARILY_UNAVAILABLE,
        reason=f"limited_{AUTHORIZATION_NETWORK.name}",
        section="RFC 6749 §4.1.2.1",
    )
    return page


def _noted(request: BoroughRequest, asked: Asked, page: HttpResponse) -> HttpResponse:
    client_id, status = asked.application.client_id, page.status_code
    noting.begun_by_browser(request, endpoint="authorize", status=status, client_id=client_id)
    return page


def _open_pushed(request: BoroughRequest, asked: Asked) -> HttpResponse:
    if request.method == "POST":
        # As for other posted requests: our cookies come with a GET.
        names = {name: asked.parameters.get(name, "") for name in ("client_id", "request_uri")}
        return response.see_other(f"{reverse('authorize:start')}?{urlencode(names)}")
    error = check_client(asked)
    if error is not None:
        return _refuse(request, asked, error)
    try:
        row = pushed.open_for(request.browser, asked.application, asked.parameters)
    except ShownError as refusal:
        return _refuse(request, asked, refusal)
    except stored.CannotGoOnError as problem:
        return _say_pushed(request, asked, problem)
    if row.language:
        translation.activate(row.language)
    return _noted(request, asked, steps.go_on(request, row))


def _say_pushed(
    request: BoroughRequest, asked: Asked, problem: stored.CannotGoOnError
) -> HttpResponse:
    note_step(request, problem.fault)
    page = response.cannot_go_on(request, problem)
    noting.by_browser(
        request,
        endpoint="authorize",
        status=page.status_code,
        client_id=asked.application.client_id,
        outcome=ErrorCode.INVALID_REQUEST_URI,
        reason=problem.fault,
        parameter="request_uri",
        section="RFC 9126 §4",
    )
    return page


def _refuse(request: BoroughRequest, asked: Asked, error: AuthorizationError) -> HttpResponse:
    if isinstance(error, ShownError):
        # One code on the page, for staff and for the service's own people.
        error.reference = help_code_words(help_code(request)["help_code"]) or error.reference
    errors.log(error, endpoint="authorize", client_id=asked.parameters.get("client_id", ""))
    note_step(request, _named(error))
    page = _refusal(request, asked, error)
    noting.by_browser(
        request,
        endpoint="authorize",
        status=page.status_code,
        client_id=asked.parameters.get("client_id", ""),
        outcome=error.code,
        reason=error.detail,
        parameter=error.parameter,
        sent=error.sent or asked.parameters.get(error.parameter, ""),
        section=fapi.section_broken(error.detail, vars(asked).get("application")) or error.section,
        help_code=error.reference,
    )
    return page


def _named(error: AuthorizationError) -> StrEnum:
    """Return what staff see of a refusal: that the service is stopped, where that is why."""
    is_stopped = error.detail in {one.value for one in Stopped}
    return Stopped(error.detail) if is_stopped else error.code


def _refusal(request: BoroughRequest, asked: Asked, error: AuthorizationError) -> HttpResponse:
    if isinstance(error, ShownError):
        return response.error_page(request, error)
    way = response.Way(asked.application, asked.redirect_uri, asked.response_mode, asked.state)
    return response.error(request, way, code=error.code, description=error.description)


@public
@require_GET
def come_back(request: BoroughRequest) -> HttpResponseBase:
    """Take the next step of a stored request; every step comes back here."""
    stored.bind(request.browser, stored.named(request))
    return with_stored_request(steps.go_on)(request)


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def account(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Ask "Continue as …?" where the application or an earlier sign-out wants it asked."""
    session = request.signed_in
    if request.method == "POST" and session is not None:
        return _account_chosen(request, row, session)
    if session is None or not isinstance(situation.of(row, session).step, ConfirmAccount):
        return steps.back(row)
    words = {
        "row": row,
        "account": session.account,
        "exit_this_page": is_sensitive(row.application, session.account),
        "verifier": verifier.make(row, StepName.ACCOUNT, session),
    }
    page = render(request, "idp/authorize/account.html", words)
    return response.allow_way_back(page, row)


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def give_up(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Show whoever cannot sign in as strongly as is asked the service's other way, then let go."""
    session, level = request.signed_in, situation.level_of(row)
    waits = isinstance(situation.of(row, session).step, SignIn)
    if not waits or level is Level.ONE_FACTOR:
        return steps.back(row)
    if request.method == "POST":
        return _given_up(request, row, session)
    words = {
        "row": row,
        "only_by_passkey": level is Level.PHISHING_RESISTANT,
        "exit_this_page": is_sensitive(row.application, session.account if session else None),
        "go_back": stored.address(steps.CONTINUE, row),
        "verifier": verifier.make(row, StepName.GIVING_UP, session),
    }
    return response.allow_way_back(render(request, "idp/authorize/give_up.html", words), row)


def _given_up(
    request: BoroughRequest, row: AuthorizationRequest, session: Session | None
) -> HttpResponse:
    if not verifier.fits(request, row, StepName.GIVING_UP, session):
        return steps.back(row)
    code = ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS
    note_step(request, code)
    try:
        operations.close(row=row)
    except operations.AlreadyAnsweredError:
        return steps.back(row)
    description = "The resident cannot sign in as strongly as is asked."
    return response.refusal(
        request, row, code=code, reason="resident_gave_up", description=description
    )


def _account_chosen(
    request: BoroughRequest, row: AuthorizationRequest, session: Session
) -> HttpResponse:
    if not verifier.fits(request, row, StepName.ACCOUNT, session):
        # Shown to somebody else: nothing changes, and the page comes again for who is here now.
        return steps.back(row)
    if request.POST.get("decision") == "someone_else":
        return response.see_other(steps.sign_in(request, row, as_someone_else=True))
    operations.confirm_account(row=row, session=session)
    return steps.back(row)
