"""What the authorization endpoint answers: to the application by redirect, or on a page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest
from idp.oidc.authorize.redirect_uri import form_action, with_parameters
from idp.oidc.authorize.stored import CannotGoOnError
from idp.oidc.errors import AuthorizationError, ErrorCode, never_stored
from idp.trail import noting


def see_other(address: str) -> HttpResponse:
    """Send the browser on to a page of ours, by GET whatever it came by."""
    return HttpResponseRedirect(address, status=303)


def code(request: HttpRequest, row: AuthorizationRequest, value: str) -> HttpResponse:
    """Send the code to the application (RFC 6749 §4.1.2)."""
    _note(request, row, outcome=noting.OK)
    return _sent(row.redirect_uri, row.state, {"code": value})


def refusal(
    request: HttpRequest,
    row: AuthorizationRequest,
    *,
    code: ErrorCode,
    reason: str,
    description: str,
) -> HttpResponse:
    """Answer a stored request with an error (RFC 6749 §4.1.2.1); `reason` is for its trail."""
    _note(request, row, outcome=code, reason=reason)
    return error(row.redirect_uri, row.state, code=code, description=description)


def _note(request: HttpRequest, row: AuthorizationRequest, **how: str) -> None:
    client_id = row.application.client_id
    noting.by_browser(request, endpoint="authorize", status=303, client_id=client_id, **how)


def error(redirect_uri: str, state: str, *, code: ErrorCode, description: str = "") -> HttpResponse:
    """Send an error to the application (RFC 6749 §4.1.2.1)."""
    return _sent(redirect_uri, state, {"error": code.value, "error_description": description})


def _sent(redirect_uri: str, state: str, answer: dict[str, str]) -> HttpResponse:
    # RFC 9207 §2: with `iss`, no other provider's answer can be taken for ours.
    parameters = {**answer, "state": state, "iss": settings.ISSUER}
    # 303, so that no browser posts our form on to the application (RFC 9700 §4.12).
    response = HttpResponse(status=303)
    # Not HttpResponseRedirect: a native application's scheme may be any.
    response["Location"] = with_parameters(
        redirect_uri, {name: value for name, value in parameters.items() if value}
    )
    response["Referrer-Policy"] = "no-referrer"
    return never_stored(response)


def error_page(request: HttpRequest, refusal: AuthorizationError) -> HttpResponse:
    """Show an error that must not be sent anywhere (RFC 6749 §4.1.2.1)."""
    suspended = refusal.code is ErrorCode.UNAUTHORIZED_CLIENT
    words = {"refusal": refusal, "suspended": suspended}
    return never_stored(render(request, "idp/authorize/error.html", words, status=400))


def cannot_go_on(request: HttpRequest, problem: CannotGoOnError) -> HttpResponse:
    """Say why a stored request cannot go on, with the way back to its service."""
    words = {
        "fault": problem.fault.value,
        "application": problem.application,
        "exit_this_page": is_sensitive(problem.application, None),
    }
    page = render(request, "idp/authorize/cannot_go_on.html", words, status=400)
    return never_stored(page)


def allow_way_back(page: HttpResponse, row: AuthorizationRequest) -> HttpResponse:
    """Let the page's form lead, by redirects, to the application."""
    source = form_action(row.redirect_uri)
    if source:
        # django-csp offers a decorator only, and the origin is not known before the view runs.
        vars(page)["_csp_update"] = {"form-action": [source]}
    return page
