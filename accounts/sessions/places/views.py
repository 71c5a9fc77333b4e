"""The page of where somebody is signed in."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.sessions import operations
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.places import page
from accounts.sessions.remembered.operations import forget


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: BoroughRequest) -> HttpResponse:
    """Show where the account is signed in and remembered; end one of these, or all."""
    if request.method != "POST":
        here = session_of(request)
        context = {
            "here": page.signed_in(here),
            "elsewhere": page.elsewhere(here),
            "remembered": page.remembered(here),
        }
        return render(request, "accounts/sessions/places.html", context)
    return _end_all(request) if "everything" in request.POST else _end_one(request)


def _end_one(request: BoroughRequest) -> HttpResponse:
    here = session_of(request)
    by = resident(here.account)
    # What is no id of ours ends nothing: a form of ours never sends it.
    with suppress(ValueError):
        if "session" in request.POST:
            number = UUID(request.POST["session"])
            operations.end_elsewhere(here=here, session=number, by=by)
        if "device" in request.POST:
            forget(account=here.account, device=UUID(request.POST["device"]), by=by)
    return HttpResponseRedirect(reverse("sessions:places"), status=303)


def _end_all(request: BoroughRequest) -> HttpResponse:
    account = session_of(request).account
    operations.end_everything(account=account, by=resident(account))
    # As at signing out: the next person here gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("sessions:sign_out"), status=303)
    detach(response)
    return response
