"""The sign-out page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.models import Session
from accounts.sessions import operations
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: BoroughRequest) -> HttpResponse:
    """Ask whether to sign out, and do so; without a session, say that nobody is signed in."""
    if request.signed_in is None:
        return render(request, "accounts/sessions/signed_out.html")
    if request.method != "POST":
        return render(request, "accounts/sessions/sign_out.html")
    return _end(request, request.signed_in)


def _end(request: BoroughRequest, session: Session) -> HttpResponse:
    operations.sign_out(session=session, browser=request.browser, by=resident(session.account))
    # The next person at this computer gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("sessions:sign_out"), status=303)
    detach(response)
    return response
