"""The page to freeze one's account, and the one after it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.freezing import operations
from accounts.help_codes.trail import note_step
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: BoroughRequest) -> HttpResponse:
    """Say what freezing does, and do it."""
    session = session_of(request)
    if request.method != "POST":
        return render(request, "accounts/freezing/freeze.html")
    note_step(request, operations.freeze_by_owner(session=session, by=resident(session.account)))
    # As at signing out: the next person here gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("freezing:frozen"), status=303)
    detach(response)
    return response


@public
@require_safe
def frozen(request: BoroughRequest) -> HttpResponse:
    """Say that nobody can sign in now, and how to end that; knows nobody's account."""
    return render(request, "accounts/freezing/frozen.html")
