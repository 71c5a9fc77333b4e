"""Where adding a way to sign in leads to."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.mfa.needed.queries import flow_of
from accounts.sessions.cookies import attach
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import StartedSession


def added(request: BoroughRequest, started: StartedSession) -> HttpResponse:
    """Go back to the service that needed it, or to the list, in a session that rests on it too."""
    flow = flow_of(request)
    request.signed_in = started.session
    response = HttpResponseRedirect(_next(request), status=303)
    if flow is not None and started.session.level >= flow.level:
        response = HttpResponseRedirect(flow.return_to, status=303)
    attach(response, started.cookie_value)
    return response


def _next(request: BoroughRequest) -> str:
    return place(request, "mfa:needed" if flow_of(request) else "mfa:overview")


def place(request: BoroughRequest, name: str) -> str:
    """Return the address of a page, which keeps the sign-in that a way is added for."""
    flow = flow_of(request)
    return f"{reverse(name)}?{urlencode({'flow': flow.pk})}" if flow else reverse(name)
