"""The page on which the account's owner finds a code to read out to our staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.assurance import Level
from accounts.call_codes import operations
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import CALL_CODES_SHOWN
from accounts.mfa.decorators import freshly_signed_in_by
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest


@freshly_signed_in_by(Level.TWO_FACTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: BoroughRequest) -> HttpResponse:
    """Say what the code is for, and show one when asked for it."""
    if request.method != "POST":
        words = {"back_url": reverse("mfa:overview")}
        return render(request, "accounts/call_codes/ask.html", words)
    session = session_of(request)
    verdict = hit(CALL_CODES_SHOWN, str(session.account_id))
    if not verdict.allowed:
        raise OverLimitError(verdict)
    shown = operations.show(session=session)
    return render(request, "accounts/call_codes/code.html", {"shown": shown})
