"""The page of all ways to sign in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.mfa.queries import usable
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """Show every way to sign in to this account, the one used last first."""
    ways = usable(session_of(request).account)
    return render(request, "accounts/mfa/overview.html", {"ways": ways})
