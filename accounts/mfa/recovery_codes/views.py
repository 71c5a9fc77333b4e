"""The page that makes recovery codes and shows them, once."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in
from accounts.mfa.queries import Kind, all_of, has_second_step
from accounts.mfa.recovery_codes import operations
from accounts.mfa.recovery_codes.operations import NotAloneError
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: BoroughRequest) -> HttpResponse:
    """Say what recovery codes are for, and show ten new ones when asked for them."""
    session = session_of(request)
    if request.method != "POST" or not has_second_step(session.account):
        return _page(request)
    try:
        codes = operations.make(session=session, by=resident(session.account))
    except NotAloneError:
        return _page(request)
    except AccountChangedError:
        return redirect(request.get_full_path())
    words = {"codes": codes, "today": timezone.now()}
    return render(request, "accounts/mfa/recovery_codes/codes.html", words)


def _page(request: BoroughRequest) -> HttpResponse:
    account = session_of(request).account
    words = {
        "alone": not has_second_step(account),
        "replaces": all_of(account).filter(kind=Kind.RECOVERY_CODES).exists(),
        "back_url": reverse("mfa:overview"),
    }
    return render(request, "accounts/mfa/recovery_codes/make.html", words)
