"""What the authorization endpoint answers: to the application, or on a page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clients.models import Application
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest
from idp.oidc.authorize import response_mode, signed_response, stored
from idp.oidc.authorize.redirect_uri import form_action, form_target, with_parameters
from idp.oidc.authorize.stored import CannotGoOnError
from idp.oidc.errors import AuthorizationError, EndedError, ErrorCode, never_stored
from idp.trail import noting


def see_other(address: str) -> HttpResponse:
    """Send the browser on to a page of ours, by GET whatever it came by."""
    return HttpResponseRedirect(address, status=303)


@dataclass(frozen=True)
class Way:
    """How an answer gets to the application."""

    application: Application
    redirect_uri: str
    mode: str
    state: str


def code(request: HttpRequest, row: AuthorizationRequest, value: str) -> HttpResponse:
    """Send the code to the application (RFC 6749 §4.1.2)."""
    response = _sent(request, _way(row), {"code": value})
    _note(request, row, response, outcome=noting.OK)
    return response


def let_in(request: HttpRequest, row: AuthorizationRequest) -> HttpResponse:
    """Say on a page that the device was let in: it asks for its tokens itself (RFC 8628 §3.3)."""
    response = see_other(stored.address("device:done", row))
    _note(request, row, response, outcome=noting.OK)
    return response


def refusal(
    request: HttpRequest,
    row: AuthorizationRequest,
    *,
    code: ErrorCode,
    reason: str,
    description: str,
) -> HttpResponse:
    """Answer a stored request with an error (RFC 6749 §4.1.2.1); `reason` is for its trail."""
    if row.device_grant_id is None:
        response = error(request, _way(row), code=code, description=description)
    else:
        response = see_other(reverse("device:refused"))
    _note(request, row, response, outcome=code, reason=reason)
    return response


def _way(row: AuthorizationRequest) -> Way:
    return Way(row.application, row.redirect_uri, row.response_mode, row.state)


def _note(
    request: HttpRequest, row: AuthorizationRequest, response: HttpResponse, **how: str
) -> None:
    status, client_id = response.status_code, row.application.client_id
    endpoint = "authorize" if row.device_grant_id is None else "device"
    noting.by_browser(request, endpoint=endpoint, status=status, client_id=client_id, **how)


def error(
    request: HttpRequest, way: Way, *, code: ErrorCode, description: str = ""
) -> HttpResponse:
    """Send an error to the application (RFC 6749 §4.1.2.1)."""
    return _sent(request, way, {"error": code.value, "error_description": description})


def _sent(request: HttpRequest, way: Way, answer: dict[str, str]) -> HttpResponse:
    # RFC 9207 §2: with `iss`, no other provider's answer can be taken for ours.
    parameters = {**answer, "state": way.state, "iss": settings.ISSUER}
    parameters = {name: value for name, value in parameters.items() if value}
    if way.mode in response_mode.SIGNED:
        parameters = signed_response.signed(parameters, way.application)
    if way.mode in response_mode.BY_FORM:
        return _by_form(request, way, parameters)
    # 303, so that no browser posts our form on to the application (RFC 9700 §4.12).
    response = HttpResponse(status=303)
    # Not HttpResponseRedirect: a native application's scheme may be any.
    response["Location"] = with_parameters(way.redirect_uri, parameters)
    response["Referrer-Policy"] = "no-referrer"
    return never_stored(response)


def _by_form(request: HttpRequest, way: Way, parameters: dict[str, str]) -> HttpResponse:
    """Show a form that sends itself, or waits for a press where no script runs (Form Post §2)."""
    words = {
        "application": way.application,
        "action": way.redirect_uri,
        "parameters": parameters,
        "exit_this_page": is_sensitive(way.application, None),
    }
    page = render(request, "idp/authorize/form_post.html", words)
    # Of our address, which holds the request, the origin alone: without it browsers would say
    # `Origin: null`, which services refuse that look at where forms come from.
    page["Referrer-Policy"] = "strict-origin"
    # django-csp offers a decorator only, and the address is not known before the view runs.
    vars(page)["_csp_replace"] = {"form-action": [form_target(way.redirect_uri) or "'none'"]}
    return never_stored(page)


def error_page(request: HttpRequest, refusal: AuthorizationError) -> HttpResponse:
    """Show an error that must not be sent anywhere (RFC 6749 §4.1.2.1)."""
    if isinstance(refusal, EndedError):
        page = render(request, "idp/authorize/ended.html", {"refusal": refusal}, status=400)
        return never_stored(page)
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
