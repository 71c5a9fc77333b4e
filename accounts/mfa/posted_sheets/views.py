"""The page that offers a sheet by post."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.letters.queries import lines_of
from accounts.limits.operations import hit
from accounts.limits.table import SHEET_LETTER
from accounts.mfa.decorators import freshly_signed_in
from accounts.mfa.posted_sheets import operations
from accounts.pages.errors import too_many_requests
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: BoroughRequest) -> HttpResponse:
    """Say where a new sheet would go, and queue its letter; or say why none goes."""
    session = session_of(request)
    refused = operations.refusal_of(session)
    if refused is not None:
        note_step(request, refused)
    if request.method != "POST" or refused is not None:
        words = {
            "refused": refused,
            "lines": [] if refused else lines_of(session.account),
            "sent": "sent" in request.GET,
            "back_url": reverse("mfa:overview"),
        }
        return render(request, "accounts/mfa/posted_sheets/post.html", words)
    verdict = hit(SHEET_LETTER, str(session.account_id))
    if not verdict.allowed:
        return too_many_requests(request, verdict.wait)
    try:
        operations.ask(session=session, by=resident(session.account))
    except AccountChangedError:
        return redirect(request.get_full_path())
    return redirect(f"{reverse('mfa:post_code_sheet')}?sent")
