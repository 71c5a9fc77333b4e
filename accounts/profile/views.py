"""The account's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.profile import page
from accounts.security.access import no_page
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@public
@no_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead whoever typed the bare address to their account."""
    del request
    return redirect("profile:account")


@signed_in
@require_safe
def account(request: BoroughRequest) -> HttpResponse:
    """Show what this account holds, where it is signed in, and where to change either."""
    return render(request, "accounts/profile/account.html", page.words(session_of(request)))
