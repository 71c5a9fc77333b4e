"""The page that says which way to sign in a service needs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.assurance import Level
from accounts.mfa.adding import choices, flow_of
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_safe
def needed(request: BoroughRequest) -> HttpResponse:
    """Say what the service needs, and offer what would do; go on once there is enough."""
    flow = flow_of(request)
    if flow is None:
        return redirect("mfa:overview")
    if session_of(request).level >= flow.level:
        return redirect(flow.return_to)
    words = {
        "flow": flow,
        "choices": choices(Level(flow.level)),
        "passkey_only": flow.level == Level.PHISHING_RESISTANT,
    }
    return render(request, "accounts/mfa/needed.html", words)
