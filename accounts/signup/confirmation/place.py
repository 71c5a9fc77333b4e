"""Which sign-up a page is about: named in the address, bound to this browser."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.help_codes.trail import note_step
from accounts.models import PendingSignUp
from accounts.sessions.middleware import BoroughRequest
from accounts.signup.confirmation import queries
from accounts.signup.confirmation.rules import Standing

_FIELD = "sign-up"


def address(sign_up: PendingSignUp, page: str, **more: str) -> str:
    """Return the address of a page about this sign-up, so that two tabs do not mix."""
    return f"{reverse(page)}?{urlencode({_FIELD: sign_up.pk, **more})}"


def asked_for(request: BoroughRequest) -> PendingSignUp | None:
    """Return the sign-up that the address names, if this browser began it."""
    named = request.GET.getlist(_FIELD)
    return queries.in_browser(named[0], request.browser) if len(named) == 1 else None


def ended(request: BoroughRequest, standing: Standing | None) -> HttpResponse:
    """Say why there is nothing to go on with, and where to start again."""
    if standing is not None:
        note_step(request, standing)
    words = {"refused": standing is Standing.REFUSED, "expired": standing is Standing.EXPIRED}
    return render(request, "accounts/signup/ended.html", words, status=404)
