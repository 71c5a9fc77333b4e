"""Asking to close one's account, and the page while it waits."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.closing import operations, queries
from accounts.closing.erasures import asked_of
from accounts.closing.forms import CloseForm
from accounts.closing.operations import NotClosedError
from accounts.help_codes.trail import note_step
from accounts.mfa.decorators import freshly_signed_in
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_safe
def start(request: BoroughRequest) -> HttpResponse:
    """Say what closing an account does, what is deleted and when, and what is kept."""
    if queries.waiting(session_of(request).account) is not None:
        return redirect("closing:waiting")
    return render(request, "accounts/closing/start.html", _days())


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: BoroughRequest) -> HttpResponse:
    """Ask once more, and begin the waiting time."""
    session = session_of(request)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            note_step(
                request, operations.ask_by_owner(session=session, by=resident(session.account))
            )
        except NotClosedError as refused:
            note_step(request, refused.reason)
            return redirect("closing:waiting")
        return HttpResponseRedirect(reverse(settings.ERASURE_PAGE), status=303)
    words = {
        "form": form,
        "account": session.account,
        "back_url": reverse("closing:start"),
        **_days(),
    }
    return render(request, "accounts/closing/confirm.html", words)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: BoroughRequest) -> HttpResponse:
    """Say when the account closes, and let its owner keep it."""
    account = session_of(request).account
    if request.method == "POST":
        outcome = operations.keep(account=account, by=resident(account))
        if outcome is not None:
            note_step(request, outcome)
        return HttpResponseRedirect(reverse("closing:waiting"), status=303)
    closing = queries.waiting(account)
    words = {
        "closing": closing,
        # Whoever finds the browser open learns of no service that is kept out of sight.
        "erasures": asked_of(closing, private_too=False) if closing else [],
        "erasure_page": reverse(settings.ERASURE_PAGE),
        "exit_this_page": True,
        **_days(),
    }
    return render(request, "accounts/closing/waiting.html", words)


def _days() -> dict[str, int]:
    return {
        "wait_days": settings.CLOSING_WAIT.days,
        "closed_days": settings.CLOSED_FOR.days,
    }
