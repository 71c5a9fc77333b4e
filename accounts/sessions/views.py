"""The sign-out page, and the button that puts off being signed out for doing nothing."""

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.models import Session
from accounts.pages.time_left import until
from accounts.sessions import operations
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.queries import facts_of
from accounts.sessions.rules import ends_at


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: BoroughRequest) -> HttpResponse:
    """Ask whether to sign out, and do so; without a session, say that nobody is signed in."""
    if request.signed_in is None:
        before = request.signed_in_before
        if request.method == "POST" and before is not None:
            # It ran out under its owner's eyes, who wants to leave nothing behind all the same.
            return _end(request, before)
        return render(request, "accounts/sessions/signed_out.html")
    if request.method != "POST":
        return render(request, "accounts/sessions/sign_out.html")
    return _end(request, request.signed_in)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: BoroughRequest) -> HttpResponse:
    """Stay signed in, as any request does, and tell the page's script until when.

    Without scripts it is a page in a tab of its own.
    """
    if not request.accepts("text/html"):
        session = session_of(request)
        return until(ends_at(facts_of(session, session.account)))
    if request.method == "POST":
        return redirect("sessions:stay")
    return render(request, "accounts/sessions/stayed.html")


def _end(request: BoroughRequest, session: Session) -> HttpResponse:
    operations.sign_out(session=session, browser=request.browser, by=resident(session.account))
    # The next person at this computer gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("sessions:sign_out"), status=303)
    detach(response)
    return response
